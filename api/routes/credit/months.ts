import { z } from 'zod';
import { readMonthLines, wordedThen } from '../../../db/credit/read-credit-file.ts';
import { recallMonth } from '../../../db/credit/recall-month.ts';
import { deskNowMs } from '../../../intake/desk/keep-desk-record.ts';
import { civilDate as civilDateOf, monthStart } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { IntakeRefused } from '../../../intake/deps.ts';
import { route } from '../../http/route.ts';
import { recalledMonth } from '../../shapes/credit-file.ts';
import { civilDate, id, instant } from '../../schemas.ts';
import { accountOf, SEE } from './file.ts';

const monthRoute = route({
  method: 'get',
  path: '/accounts/:accountNo/credit/months/:month',
  operationId: 'recallCreditMonth',
  summary: {
    zh: '复现某月等级：按当时所知与按现在所知对照（只计算，不改动）',
    en: 'A month that is over judged again, from what was known then and from what is known now; changes nothing',
  },
  tag: 'credit',
  roles: SEE,
  params: z.object({ accountNo: id, month: civilDate.meta({ description: 'any day of it' }) }),
  query: z.object({
    knownAt: instant.optional().meta({ description: 'another “then” than when the month was judged' }),
  }),
  answer: recalledMonth,
  handle: (context, { params, query }) =>
    context.read(async (tx) => {
      const { companyId } = context.scope;
      const { accountId } = await accountOf(context, tx, params.accountNo);
      const month = monthStart(civilDateOf(params.month));
      if (month >= monthStart(civilDateAt(await deskNowMs(tx))))
        throw new IntakeRefused('month-not-over', 422, { month: month.slice(0, 7) });
      const at = { companyId, accountId, month, knownAt: query.knownAt ?? null };
      const stored = await readMonthLines(tx, accountId, month);
      return { month, ...(await recallMonth(tx, at)), stored: await wordedThen(tx, companyId, stored) };
    }),
});

export const creditMonthRoutes = [monthRoute];
