import { z } from 'zod';
import { readCaseHead } from '../../db/reads/case-file.ts';
import { recordSeniorDecision } from '../../intake/senior/record-senior-decision.ts';
import { SILENT_DECIDERS } from '../act-of-task.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, id, words } from '../schemas.ts';

const decideRoute = route({
  method: 'post',
  path: '/cases/:caseId/senior-decisions',
  operationId: 'decideForSilent',
  summary: {
    zh: '无人知悉时由上级决定',
    en: 'A senior decides on a stop of which nobody is known to know (T3.6)',
  },
  tag: 'cases',
  roles: SILENT_DECIDERS,
  params: z.object({ caseId: id }),
  body: z.object({ decision: z.enum(['go-ahead', 'refuse']), reason: words }),
  answer: accepted,
  status: 201,
  handle: async (context, { params, body }) => {
    const { caller } = context;
    const head = await context.read(async (tx) => found(await readCaseHead(tx, params.caseId), 'case'));
    await recordSeniorDecision(context.intake, {
      ...body,
      ticketId: `ticket/${head.caseId}/${head.attempt}`,
      by: caller.personId,
      roles: caller.roles,
    });
    return ACCEPTED;
  },
});

export const seniorDecisionRoutes = [decideRoute];
