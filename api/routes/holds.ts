import { z } from 'zod';
import { findAccount } from '../../db/reads/find-account.ts';
import { findHold, listHoldsOf, listOpenDisputes } from '../../db/reads/list-holds.ts';
import { endHold } from '../../intake/holds/end-hold.ts';
import { reportDanger } from '../../intake/holds/report-danger.ts';
import { setHold } from '../../intake/holds/set-hold.ts';
import { commandId } from '../http/command-id.ts';
import { DESK, LEADERS } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found, Problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { HOLD_ENDERS, isEnderOf, SAID_ENDINGS, takesBack } from '../may-end-hold.ts';
import { ACCEPTED, accepted, given, id, instant, pageOf, paging, words } from '../schemas.ts';

const tag = 'holds';
const accountParams = z.object({ accountNo: id });

const item = z
  .object({
    holdId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    kind: z.string(),
    reason: z.string(),
    setBy: z.string(),
    occurredAt: z.string(),
    untilAt: z.string().nullable().meta({ description: 'ends by itself then' }),
    decisionDueAt: z.string().nullable().meta({ description: 'a dispute is decided by then (L5)' }),
    endedAt: z.string().nullable(),
    endReason: z.string().nullable(),
  })
  .meta({ id: 'Hold' });

const setRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/holds',
  operationId: 'setHold',
  summary: {
    zh: '登记分期、缓缴、担保、争议、主管部门要求、自称已缴或过户',
    en: 'Record what makes the procedure wait: a plan, deferral, guarantee, dispute, order, claim of payment or move',
  },
  tag,
  roles: ['reader', 'centre', 'clerk-95598', 'team-leader', 'station-head', 'government-liaison'],
  params: accountParams,
  body: z.object({
    kind: z.enum([
      'plan',
      'deferral',
      'guarantee',
      'dispute',
      'authority-order',
      'claimed-payment',
      'moved-out',
    ]),
    until: instant.optional().meta({ description: 'needed for a plan and a deferral' }),
    about: z.enum(['stop', 'billing']).optional().meta({ description: 'of a dispute; sets its clock' }),
    reason: words,
  }),
  answer: z.object({
    holdId: z.string(),
    untilAt: z.string().nullable(),
    decisionDueAt: z.string().nullable(),
    takeBack: z.enum(SAID_ENDINGS).nullable().meta({
      description: 'ending with which you may take it back; null: another person has to end it',
    }),
  }),
  status: 201,
  handle: async (context, { params, body }) => ({
    ...(await setHold(context.intake, {
      ...given(body),
      ...{ accountNo: params.accountNo, by: context.caller.personId, factId: commandId(context) },
    })),
    takeBack: takesBack(body.kind, context.caller),
  }),
});

const listRoute = route({
  method: 'get',
  path: '/accounts/:accountNo/holds',
  operationId: 'listHolds',
  summary: { zh: '暂缓记录', en: 'Holds of an account, newest first' },
  tag,
  roles: DESK,
  params: accountParams,
  query: paging,
  answer: pageOf(item),
  handle: (context, { params, query }) =>
    context.read(async (tx) => {
      const { accountId } = found(await findAccount(tx, params.accountNo), 'account');
      const before = readCursor(query.cursor, 2);
      const rows = await listHoldsOf(tx, { accountId, before, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.occurredAt, row.holdId]);
    }),
});

const disputesRoute = route({
  method: 'get',
  path: '/disputes',
  operationId: 'listDisputes',
  summary: { zh: '待处理争议（按时限）', en: 'Open disputes by the time they are to be decided' },
  tag,
  roles: DESK,
  query: paging,
  answer: pageOf(item),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 2);
      const rows = await listOpenDisputes(tx, { after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.decisionDueAt ?? '', row.holdId]);
    }),
});

const endRoute = route({
  method: 'post',
  path: '/holds/:holdId/end',
  operationId: 'endHold',
  summary: {
    zh: '结束暂缓',
    en: 'End a hold: plan kept or broken, dispute decided, order lifted, claim checked',
  },
  tag,
  roles: HOLD_ENDERS,
  params: z.object({ holdId: id }),
  body: z.object({
    ending: z.enum(SAID_ENDINGS),
    reason: words,
  }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const { caller } = context;
    const hold = await context.read(async (tx) => found(await findHold(tx, params.holdId), 'hold'));
    if (!isEnderOf(hold.kind, caller))
      throw new Problem(403, 'role-not-permitted', { params: { roles: LEADERS.join(', ') } });
    await endHold(context.intake, { ...body, holdId: params.holdId, by: caller.personId });
    return ACCEPTED;
  },
});

const dangerRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/danger',
  operationId: 'reportDanger',
  summary: {
    zh: '报告危及健康：撤回作业、恢复供电',
    en: 'Somebody is in danger without electricity: recall, restore, stop nothing',
  },
  tag,
  roles: ['reader', 'centre', 'clerk-95598', 'crew', 'team-leader', 'station-head'],
  params: accountParams,
  body: z.object({ reason: words }),
  answer: z.object({ holdId: z.string(), restorationOwed: z.boolean() }),
  status: 201,
  handle: (context, { params, body }) =>
    reportDanger(context.intake, {
      accountNo: params.accountNo,
      reason: body.reason,
      ...{ by: context.caller.personId, factId: commandId(context) },
    }),
});

export const holdRoutes = [setRoute, listRoute, disputesRoute, endRoute, dangerRoute];
