import type { Readable } from 'node:stream';
import { z } from 'zod';
import { findImport, listImports } from '../../db/reads/list-imports.ts';
import { listRejects } from '../../db/reads/list-rejects.ts';
import { importColumns } from '../../intake/import/columns.ts';
import { importArrears } from '../../intake/import/import-arrears.ts';
import { mendFile } from '../../intake/import/mend-file.ts';
import { faultText } from '../../intake/import/reject-texts.ts';
import type { Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { id, pageOf, paging } from '../schemas.ts';
import { importColumn, importCounts, importItem, importReject } from '../shapes/import.ts';

const tag = 'imports';
const importParams = z.object({ importId: id });
const IMPORTERS: readonly Role[] = ['reader', 'centre'];
const SEE: readonly Role[] = [...IMPORTERS, 'team-leader', 'station-head', 'credit-officer', 'auditor'];

const importRoute = route({
  method: 'post',
  path: '/imports',
  operationId: 'importArrears',
  summary: {
    zh: '导入欠费文件（CSV，UTF-8 或 GB18030）',
    en: 'Import an arrears file as it is exported (CSV in UTF-8 or GB18030); the same file again changes nothing',
  },
  tag,
  roles: IMPORTERS,
  query: z.object({
    centreId: id.meta({ description: 'of rows that name none' }),
    fileName: z.string().trim().min(1).max(200),
  }),
  rawBody: 'text/csv',
  streamed: true,
  answer: z.object(importCounts),
  status: 201,
  handle: (context, { query, body }) =>
    importArrears(context.intake, {
      ...query,
      // A file that is refused half-way is read to its end by the server, so that the answer arrives.
      stream: (body as unknown as Readable).iterator({ destroyOnReturn: false }),
      by: context.caller.personId,
    }),
});

const listRoute = route({
  method: 'get',
  path: '/imports',
  operationId: 'listImports',
  summary: { zh: '导入记录', en: 'Imports, newest first' },
  tag,
  roles: SEE,
  query: paging,
  answer: pageOf(importItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const before = readCursor(query.cursor, 2);
      const rows = await listImports(tx, { before, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.startedAt, row.importId]);
    }),
});

const columnsRoute = route({
  method: 'get',
  path: '/import-columns',
  operationId: 'listImportColumns',
  summary: { zh: '可识别的列名', en: 'The columns that an arrears file may have, and the names they go by' },
  tag,
  roles: SEE,
  answer: z.object({ items: z.array(importColumn) }),
  handle: () => Promise.resolve({ items: importColumns() }),
});

const getRoute = route({
  method: 'get',
  path: '/imports/:importId',
  operationId: 'getImport',
  summary: { zh: '一次导入', en: 'One import' },
  tag,
  roles: SEE,
  params: importParams,
  answer: importItem,
  handle: (context, { params }) =>
    context.read(async (tx) => found(await findImport(tx, params.importId), 'import')),
});

const rejectsRoute = route({
  method: 'get',
  path: '/imports/:importId/rejects',
  operationId: 'listImportRejects',
  summary: { zh: '未导入的行及原因', en: 'Each bad row with field and reason' },
  tag,
  roles: SEE,
  params: importParams,
  query: paging,
  answer: pageOf(importReject),
  handle: (context, { params: { importId }, query }) =>
    context.read(async (tx) => {
      found(await findImport(tx, importId), 'import');
      const after = readCursor(query.cursor, 2);
      const rows = await listRejects(tx, { importId, after, limit: query.limit + 1 });
      const { items, next } = page(rows, query.limit, (row) => [String(row.rowNo), row.field]);
      return {
        items: items.map(({ params, ...row }) => ({
          ...row,
          text: faultText(row.code, params, context.lang),
        })),
        next,
      };
    }),
});

const mendRoute = route({
  method: 'get',
  path: '/imports/:importId/mend.csv',
  operationId: 'getMendFile',
  summary: {
    zh: '待改正的行（CSV，附原因）',
    en: 'The bad rows with their reasons, to mend and import again',
  },
  tag,
  roles: [...IMPORTERS, 'credit-officer'],
  params: importParams,
  answer: z.string(),
  answerType: 'text/csv',
  handle: (context, { params: { importId } }) =>
    context.read(async (tx) => {
      found(await findImport(tx, importId), 'import');
      const parts: string[] = [];
      for await (const part of mendFile(tx, context.deps.vault, importId, context.lang)) parts.push(part);
      return parts.join('');
    }),
});

export const importRoutes = [columnsRoute, importRoute, listRoute, getRoute, rejectsRoute, mendRoute];
