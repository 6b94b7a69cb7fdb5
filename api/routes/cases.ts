import { z } from 'zod';
import { readFixedStop } from '../../db/plans/read-fixed-stop.ts';
import {
  readApprovals,
  readCaseHead,
  readDecisions,
  readHistory,
  readHolds,
  readMessages,
  readNotices,
  readOpenTasks,
  readPlans,
  readStops,
  readTickets,
} from '../../db/reads/case-file.ts';
import { listCases } from '../../db/reads/list-cases.ts';
import { allowedActions } from '../allowed-actions.ts';
import { DESK } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { say } from '../http/say.ts';
import { booksOpen, launchCase } from '../launch.ts';
import { plannedSteps } from '../planned-steps.ts';
import { procedure } from '../procedure.ts';
import { ACCEPTED, accepted, id, pageOf, paging, reason, words } from '../schemas.ts';

const tag = 'cases';
const caseParams = z.object({ caseId: id });

const caseItem = z
  .object({
    caseId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    status: z.string(),
    stage: z.string(),
    attempt: z.int(),
    outcome: z.string().nullable(),
    openedAt: z.string(),
    stageSince: z.string(),
  })
  .meta({ id: 'CaseItem' });

const line = z.object({
  at: z.string(),
  action: z.string(),
  actor: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

const caseView = z
  .object({
    ...caseItem.shape,
    closedAt: z.string().nullable(),
    nowAt: z.string().meta({ description: 'case time' }),
    policyVersion: z.string(),
    launchedBy: z.string(),
    past: z.array(line),
    planned: z.array(z.object({ at: z.string(), step: z.string() })),
    plans: z.array(z.record(z.string(), z.unknown())),
    waitsFor: z
      .array(
        z.object({
          kind: z.string(),
          role: z.string(),
          assignee: z.string().nullable(),
          notBefore: z.string(),
          dueAt: z.string(),
        }),
      )
      .meta({ description: 'open tasks of people, the most urgent first' }),
    notices: z.array(z.record(z.string(), z.unknown())),
    messages: z.array(z.record(z.string(), z.unknown())),
    approvals: z.array(z.record(z.string(), z.unknown())),
    tickets: z.array(z.record(z.string(), z.unknown())),
    holds: z.array(z.record(z.string(), z.unknown())),
    stops: z.array(z.record(z.string(), z.unknown())),
    decisions: z.array(
      z.object({
        question: z.string(),
        outcome: z.string(),
        occurredAt: z.string(),
        rulebookVersion: z.string(),
        reasons: z.array(reason),
      }),
    ),
    allowedActions: z.array(z.object({ action: z.string(), allowed: z.boolean(), reasons: z.array(reason) })),
  })
  .meta({ id: 'CaseView' });

const listRoute = route({
  method: 'get',
  path: '/cases',
  operationId: 'listCases',
  summary: { zh: '催费案件列表', en: 'Cases of your centres' },
  tag,
  roles: DESK,
  query: paging.extend({
    status: z.enum(['open', 'closed']).optional(),
    stage: z.string().max(40).optional(),
    centreId: z.string().max(100).optional(),
    accountNo: z.string().max(60).optional(),
  }),
  answer: pageOf(caseItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const before = readCursor(query.cursor, 2);
      const rows = await listCases(tx, { ...query, before, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.openedAt, row.caseId]);
    }),
});

const launchRoute = route({
  method: 'post',
  path: '/cases',
  operationId: 'launchCase',
  summary: { zh: '发起催费', en: 'Launch a case' },
  tag,
  roles: ['centre', 'reader', 'team-leader'],
  body: z.object({ accountNo: id }),
  answer: z.object({ caseId: z.string(), accountNo: z.string() }),
  status: 202,
  handle: async (context, { body }) => {
    const launched = await launchCase(context, body.accountNo);
    await booksOpen(context, launched.caseId);
    return launched;
  },
});

const viewRoute = route({
  method: 'get',
  path: '/cases/:caseId',
  operationId: 'getCase',
  summary: { zh: '案件全貌', en: 'A case: past, plan, decisions, allowed actions' },
  tag,
  roles: [...DESK, 'operator'],
  params: caseParams,
  answer: caseView,
  handle: (context, { params }) =>
    context.read(async (tx) => {
      const head = found(await readCaseHead(tx, params.caseId), 'case');
      const { accountId, ...shown } = head;
      const plans = await readPlans(tx, head.caseId);
      const notices = await readNotices(tx, head.caseId);
      const fixed = await readFixedStop(tx, head.caseId, plans.at(-1)?.attempt ?? 0);
      return {
        ...shown,
        past: (await readHistory(tx, head.caseId)).map(({ at, action, actor, body }) => ({
          at,
          action,
          actor,
          detail: body,
        })),
        planned: plannedSteps(head, plans, notices, fixed),
        waitsFor: await readOpenTasks(tx, head.caseId),
        plans,
        notices,
        messages: await readMessages(tx, head.caseId),
        approvals: await readApprovals(tx, head.caseId),
        tickets: await readTickets(tx, head.caseId),
        holds: await readHolds(tx, accountId),
        stops: await readStops(tx, head.caseId),
        decisions: (await readDecisions(tx, head.caseId)).map(({ reasons, missing, ...decision }) => ({
          ...decision,
          reasons: say([...reasons, ...missing], context.lang),
        })),
        allowedActions: (await allowedActions(tx, head, context.caller)).map(({ reasons, ...action }) => ({
          ...action,
          reasons: say(reasons, context.lang),
        })),
      };
    }),
});

const withdrawRoute = route({
  method: 'post',
  path: '/cases/:caseId/withdraw',
  operationId: 'withdrawCase',
  summary: { zh: '撤销案件', en: 'Withdraw a case' },
  tag,
  roles: ['centre', 'team-leader', 'station-head'],
  params: caseParams,
  body: z.object({ reason: words }),
  answer: accepted,
  status: 202,
  handle: async (context, { params, body }) => {
    const head = await context.read(async (tx) => found(await readCaseHead(tx, params.caseId), 'case'));
    await procedure(context.deps.temporal).withdraw(head.accountId, {
      by: context.caller.personId,
      reason: body.reason,
    });
    return ACCEPTED;
  },
});

export const caseRoutes = [listRoute, launchRoute, viewRoute, withdrawRoute];
