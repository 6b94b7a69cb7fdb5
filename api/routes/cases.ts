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
import { actOfTask } from '../act-of-task.ts';
import { allowedActions } from '../allowed-actions.ts';
import { DESK } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { say } from '../http/say.ts';
import { booksOpen, launchCase } from '../launch.ts';
import { plannedSteps } from '../planned-steps.ts';
import { procedure } from '../procedure.ts';
import { caseItem, caseView } from '../shapes/case.ts';
import { endOf } from '../end-of-hold.ts';
import { ACCEPTED, accepted, id, pageOf, paging, words } from '../schemas.ts';

const tag = 'cases';
const caseParams = z.object({ caseId: id });

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
    readerId: z.string().max(100).optional(),
    accountNo: z.string().max(60).optional(),
  }),
  answer: pageOf(caseItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const before = readCursor(query.cursor, 2);
      const rows = await listCases(tx, { ...query, before, limit: query.limit + 1 });
      const { items, next } = page(rows, query.limit, (row) => [row.openedAt, row.caseId]);
      return {
        items: items.map(({ nameEnc, ...item }) => ({
          ...item,
          customerName: context.deps.vault.open(nameEnc),
        })),
        next,
      };
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
      const { accountId, nameEnc, ...shown } = head;
      const plans = await readPlans(tx, head.caseId);
      const notices = await readNotices(tx, head.caseId);
      const fixed = await readFixedStop(tx, head.caseId, plans.at(-1)?.attempt ?? 0);
      return {
        ...shown,
        customerName: context.deps.vault.open(nameEnc),
        past: (await readHistory(tx, head.caseId)).map(({ at, action, actor, body }) => ({
          at,
          action,
          actor,
          detail: body,
        })),
        planned: plannedSteps(head, plans, notices, fixed),
        waitsFor: (await readOpenTasks(tx, head.caseId)).map((task) => ({
          ...task,
          act: actOfTask(task, context.caller),
        })),
        plans,
        notices,
        messages: await readMessages(tx, head.caseId),
        approvals: await readApprovals(tx, head.caseId),
        tickets: await readTickets(tx, head.caseId),
        holds: (await readHolds(tx, accountId)).map(({ setBy, ...hold }) => ({
          ...hold,
          end: endOf({ kind: hold.kind, setBy }, context),
        })),
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
