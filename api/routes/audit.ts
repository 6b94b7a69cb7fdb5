import { z } from 'zod';
import { readAuditChain, verifyAuditChain } from '../../db/reads/audit-chain.ts';
import { readCaseHead } from '../../db/reads/case-file.ts';
import { findAccount } from '../../db/reads/find-account.ts';
import type { Tx } from '../../db/database.ts';
import { LEADERS } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { id, paging } from '../schemas.ts';
import { auditPage } from '../shapes/audit.ts';

const tag = 'audit';

/** A page of a chain with what a look at the whole chain finds. */
const chainPage = (
  context: Context,
  query: z.output<typeof paging>,
  chainOf: (tx: Tx) => Promise<string>,
): Promise<z.input<typeof auditPage>> =>
  context.read(async (tx) => {
    const chainId = await chainOf(tx);
    const after = Number(readCursor(query.cursor, 1)?.[0] ?? 0);
    const rows = await readAuditChain(tx, { chainId, after, limit: query.limit + 1 });
    return {
      ...page(rows, query.limit, (row) => [String(row.n)]),
      chain: await verifyAuditChain(tx, chainId),
    };
  });

const caseRoute = route({
  method: 'get',
  path: '/cases/:caseId/audit',
  operationId: 'getCaseAudit',
  summary: { zh: '案件审计链', en: 'The hash-linked history of a case, verified' },
  tag,
  roles: [...LEADERS, 'auditor'],
  params: z.object({ caseId: id }),
  query: paging,
  answer: auditPage,
  handle: (context, { params, query }) =>
    chainPage(context, query, async (tx) => found(await readCaseHead(tx, params.caseId), 'case').caseId),
});

const accountRoute = route({
  method: 'get',
  path: '/accounts/:accountNo/audit',
  operationId: 'getAccountAudit',
  summary: { zh: '用户审计链（无案件时）', en: 'What was done about an account while it had no case' },
  tag,
  roles: [...LEADERS, 'auditor'],
  params: z.object({ accountNo: id }),
  query: paging,
  answer: auditPage,
  handle: (context, { params, query }) =>
    chainPage(
      context,
      query,
      async (tx) => found(await findAccount(tx, params.accountNo), 'account').accountId,
    ),
});

const deskRoute = route({
  method: 'get',
  path: '/audit/desk',
  operationId: 'getDeskAudit',
  summary: { zh: '公司事务审计链', en: 'Delegations, weather, calendar, capacity, policies: who set what' },
  tag,
  roles: ['auditor', 'company-head', 'company-president'],
  query: paging,
  answer: auditPage,
  handle: (context, { query }) =>
    chainPage(context, query, () => Promise.resolve(`desk/${context.scope.companyId}`)),
});

export const auditRoutes = [caseRoute, accountRoute, deskRoute];
