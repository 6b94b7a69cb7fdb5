import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import { findApproval, listApprovals, type ApprovalItem } from '../../db/reads/list-approvals.ts';
import type { ApprovalAnswer } from '../../workflows/messages.ts';
import { approvalDossierOf, delegationsOf, reasonsAlone, shownApproval } from '../approvals.ts';
import { LEADERS } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found, Problem } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { say } from '../http/say.ts';
import { procedure } from '../procedure.ts';
import { id, pageOf, paging, reason, words } from '../schemas.ts';
import { approvalDossier, approvalItem } from '../shapes/approval.ts';

const tag = 'approvals';

interface Wish {
  readonly decision: 'approve' | 'refuse';
  readonly reason: string;
}

const approvalOf = async (tx: Tx, context: Context, approvalId: string): Promise<ApprovalItem> =>
  found(await findApproval(tx, approvalId, context.caller.personId), 'approval');

/** The procedure decides; what stood on the screen is only what was true then. */
const decide = ({ caller, deps }: Context, item: ApprovalItem, wish: Wish): Promise<ApprovalAnswer> =>
  procedure(deps.temporal).decideApproval(item.accountId, {
    approvalId: item.approvalId,
    approverId: caller.personId,
    approverRoles: [...caller.roles],
    ...wish,
  });

/** One of several: what is refused is told beside the others. */
async function decideOne(context: Context, item: ApprovalItem, wish: Wish) {
  try {
    return await decide(context, item, wish);
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return { outcome: 'refused' as const, reasons: error.reasons };
  }
}

const listRoute = route({
  method: 'get',
  path: '/approvals',
  operationId: 'listApprovals',
  summary: { zh: '待审批停电', en: 'Stops that wait for approval' },
  tag,
  roles: [...LEADERS, 'auditor'],
  query: paging.extend({
    status: z.enum(['pending', 'approved', 'refused', 'expired', 'void']).default('pending'),
  }),
  answer: pageOf(approvalItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const rows = await listApprovals(tx, {
        status: query.status,
        personId: context.caller.personId,
        after: readCursor(query.cursor, 2),
        limit: query.limit + 1,
      });
      const { items, next } = page(rows, query.limit, (row) => [row.expiresAt, row.approvalId]);
      const delegations = await delegationsOf(tx, context, items);
      return { items: items.map((item) => shownApproval(context, item, delegations)), next };
    }),
});

const getRoute = route({
  method: 'get',
  path: '/approvals/:approvalId',
  operationId: 'getApproval',
  summary: { zh: '审批单', en: 'One approval' },
  tag,
  roles: [...LEADERS, 'auditor'],
  params: z.object({ approvalId: id }),
  answer: approvalItem,
  handle: (context, { params }) =>
    context.read(async (tx) => {
      const item = await approvalOf(tx, context, params.approvalId);
      return shownApproval(context, item, await delegationsOf(tx, context, [item]));
    }),
});

const dossierRoute = route({
  method: 'get',
  path: '/approvals/:approvalId/dossier',
  operationId: 'getApprovalDossier',
  summary: {
    zh: '审批所需的全部材料',
    en: 'All that a decision needs: debt, bills, notices with their proofs, protection, and what happens if approved',
  },
  tag,
  roles: [...LEADERS, 'auditor'],
  params: z.object({ approvalId: id }),
  answer: approvalDossier,
  handle: (context, { params }) =>
    context.read(async (tx) =>
      approvalDossierOf(tx, context, await approvalOf(tx, context, params.approvalId)),
    ),
});

const decideRoute = route({
  method: 'post',
  path: '/approvals/:approvalId/decisions',
  operationId: 'decideApproval',
  summary: { zh: '批准或驳回', en: 'Approve or refuse' },
  tag,
  roles: LEADERS,
  params: z.object({ approvalId: id }),
  body: z.object({ decision: z.enum(['approve', 'refuse']), reason: words }),
  answer: z.object({ status: z.string() }),
  handle: async (context, { params, body }) => {
    const item = await context.read((tx) => approvalOf(tx, context, params.approvalId));
    const answer = await decide(context, item, body);
    if (answer.outcome === 'refused') throw new Problem(409, 'not-permitted', { reasons: answer.reasons });
    return { status: answer.status };
  },
});

const MOST_TOGETHER = 50;

const decideTogetherRoute = route({
  method: 'post',
  path: '/approval-decisions',
  operationId: 'decideApprovalsTogether',
  summary: {
    zh: '批量审批（仅限普通居民、单人签署、且逐件打开过的审批单）',
    en: 'Sign several at once: ordinary residents with one signature only, each of them opened before (L7)',
  },
  tag,
  roles: LEADERS,
  body: z.object({
    approvalIds: z.array(id).min(1).max(MOST_TOGETHER),
    decision: z.enum(['approve', 'refuse']),
    reason: words,
  }),
  answer: z.object({
    items: z.array(
      z.object({ approvalId: z.string(), status: z.string().nullable(), reasons: z.array(reason) }),
    ),
  }),
  handle: async (context, { body }) => {
    const { approvalIds, ...wish } = body;
    const items = await context.read(async (tx) => {
      const all: ApprovalItem[] = [];
      for (const approvalId of new Set(approvalIds)) all.push(await approvalOf(tx, context, approvalId));
      return all;
    });
    const decided = [];
    for (const item of items) {
      const { approvalId } = item;
      const alone = reasonsAlone(item);
      const answer =
        alone.length > 0
          ? { outcome: 'refused' as const, reasons: alone }
          : await decideOne(context, item, wish);
      decided.push({
        approvalId,
        status: 'status' in answer && answer.outcome === 'accepted' ? answer.status : null,
        reasons: say(answer.reasons, context.lang),
      });
    }
    return { items: decided };
  },
});

export const approvalRoutes = [listRoute, getRoute, dossierRoute, decideRoute, decideTogetherRoute];
