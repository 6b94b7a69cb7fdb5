import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  findReconciliation,
  listDifferences,
  listReconciliations,
} from '../../db/reads/list-reconciliations.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { procedure } from '../procedure.ts';
import { id, pageOf, paging } from '../schemas.ts';
import { differenceItem, reconciliationItem } from '../shapes/operations.ts';
import { OPERATIONS } from './alarms.ts';

const tag = 'operations';
const reconciliationParams = z.object({ reconciliationId: id });

const startRoute = route({
  method: 'post',
  path: '/reconciliations',
  operationId: 'startReconciliation',
  summary: { zh: '核对账实', en: 'Compare the books with engine, billing, crews and meters' },
  tag,
  roles: ['operator'],
  body: z.object({ dryRun: z.boolean().meta({ description: 'say what differs, mend nothing' }) }),
  answer: z.object({ reconciliationId: z.string() }),
  status: 202,
  handle: async (context, { body }) => {
    const reconciliationId = randomUUID();
    await procedure(context.deps.temporal).reconcile({
      companyId: context.scope.companyId,
      reconciliationId,
      dryRun: body.dryRun,
      askedBy: context.caller.personId,
    });
    return { reconciliationId };
  },
});

const listRoute = route({
  method: 'get',
  path: '/reconciliations',
  operationId: 'listReconciliations',
  summary: { zh: '核对记录', en: 'Comparisons of the books, newest first' },
  tag,
  roles: OPERATIONS,
  query: paging,
  answer: pageOf(reconciliationItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const before = readCursor(query.cursor, 2);
      const rows = await listReconciliations(tx, { before, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.startedAt, row.reconciliationId]);
    }),
});

const viewRoute = route({
  method: 'get',
  path: '/reconciliations/:reconciliationId',
  operationId: 'getReconciliation',
  summary: { zh: '一次核对', en: 'One comparison' },
  tag,
  roles: OPERATIONS,
  params: reconciliationParams,
  answer: reconciliationItem,
  handle: (context, { params }) =>
    context.read(async (tx) =>
      found(await findReconciliation(tx, params.reconciliationId), 'reconciliation'),
    ),
});

const differencesRoute = route({
  method: 'get',
  path: '/reconciliations/:reconciliationId/differences',
  operationId: 'listDifferences',
  summary: { zh: '核对差异', en: 'What a comparison found and what was done about it' },
  tag,
  roles: OPERATIONS,
  params: reconciliationParams,
  query: paging,
  answer: pageOf(differenceItem),
  handle: (context, { params, query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 2);
      const rows = await listDifferences(tx, { ...params, after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.kind, row.subjectId]);
    }),
});

export const reconciliationRoutes = [startRoute, listRoute, viewRoute, differencesRoute];
