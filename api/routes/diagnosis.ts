import { lookInside } from '../diagnosis/look-inside.ts';
import { lookOutside } from '../diagnosis/look-outside.ts';
import { route } from '../http/route.ts';
import { diagnosis } from '../shapes/operations.ts';
import { findingText } from '../texts/diagnosis-texts.ts';
import { OPERATIONS } from './alarms.ts';

const diagnoseRoute = route({
  method: 'get',
  path: '/diagnosis',
  operationId: 'diagnose',
  summary: { zh: '系统体检', en: 'Every part, asked now: what is wrong and what to do' },
  tag: 'operations',
  roles: OPERATIONS,
  answer: diagnosis,
  handle: async (context) => {
    const outside = lookOutside(context.deps);
    const found = [...(await lookInside(context.deps)), ...(await Promise.all(outside))];
    const findings = found.map(({ what, code, params }) => ({
      what,
      // Days off that nobody has published yet are no fault of the service.
      ok: code === 'fine' || code === 'no-calendar',
      code,
      ...findingText(code, params, context.lang),
    }));
    return { ok: findings.every(({ ok }) => ok), findings };
  },
});

export const diagnosisRoutes = [diagnoseRoute];
