import { z } from 'zod';
import { findApproval, listApprovals } from '../../db/reads/list-approvals.ts';
import { LEADERS } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found, Problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { procedure } from '../procedure.ts';
import { id, pageOf, paging, words } from '../schemas.ts';

const tag = 'approvals';

const item = z
  .object({
    approvalId: z.string(),
    caseId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    status: z.string(),
    requiredRoles: z.array(z.string()),
    applicantId: z.string(),
    expiresAt: z.string(),
    bound: z
      .record(z.string(), z.unknown())
      .meta({ description: 'account, meter, bills, principal, days: what it is given for' }),
    signatures: z.array(z.record(z.string(), z.unknown())),
  })
  .meta({ id: 'Approval' });

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
  answer: pageOf(item),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const rows = await listApprovals(tx, {
        status: query.status,
        after: readCursor(query.cursor, 2),
        limit: query.limit + 1,
      });
      return page(rows, query.limit, (row) => [row.expiresAt, row.approvalId]);
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
  answer: item,
  handle: (context, { params }) =>
    context.read(async (tx) => found(await findApproval(tx, params.approvalId), 'approval')),
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
    const { caller, deps } = context;
    const approval = await context.read(async (tx) =>
      found(await findApproval(tx, params.approvalId), 'approval'),
    );
    const answer = await procedure(deps.temporal).decideApproval(approval.accountId, {
      approvalId: params.approvalId,
      approverId: caller.personId,
      approverRoles: [...caller.roles],
      decision: body.decision,
      reason: body.reason,
    });
    if (answer.outcome === 'refused') throw new Problem(409, 'not-permitted', { reasons: answer.reasons });
    return { status: answer.status };
  },
});

export const approvalRoutes = [listRoute, getRoute, decideRoute];
