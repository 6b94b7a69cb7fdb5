import { z } from 'zod';
import { findPaper, listPapers } from '../../db/reads/list-papers.ts';
import { recordPaperReceipt } from '../../intake/papers/record-receipt.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, id, instant, pageOf, paging, words } from '../schemas.ts';

const tag = 'papers';
const paperParams = z.object({ paperKey: id });

const item = z
  .object({
    paperKey: z.string(),
    kind: z.string(),
    caseId: z.string().nullable(),
    accountNo: z.string(),
    centreId: z.string(),
    submissionId: z.string().nullable(),
    submittedAt: z.string().nullable(),
    receiptAt: z.string().nullable(),
    receiptBy: z.string().nullable(),
    recordedAt: z.string(),
  })
  .meta({ id: 'Paper' });

const listRoute = route({
  method: 'get',
  path: '/papers',
  operationId: 'listPapers',
  summary: { zh: '报送主管部门的文书', en: 'Papers for the authorities' },
  tag,
  roles: ['government-liaison', 'centre', 'station-head', 'company-head', 'auditor'],
  query: paging.extend({ state: z.enum(['waiting', 'received']).default('waiting') }),
  answer: pageOf(item),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 2);
      const waiting = query.state === 'waiting';
      const rows = await listPapers(tx, { waiting, after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.recordedAt, row.paperKey]);
    }),
});

const getRoute = route({
  method: 'get',
  path: '/papers/:paperKey',
  operationId: 'getPaper',
  summary: { zh: '文书全文', en: 'A paper as written' },
  tag,
  roles: ['government-liaison', 'centre', 'station-head', 'company-head', 'auditor'],
  params: paperParams,
  answer: item.extend({ subject: z.string(), text: z.string() }),
  handle: (context, { params }) =>
    context.read(async (tx) => {
      const { textEnc, ...paper } = found(await findPaper(tx, params.paperKey), 'paper');
      const { subject, text } = context.deps.vault.openJson<{ subject: string; text: string }>(textEnc);
      return { ...paper, subject, text };
    }),
});

const receiptRoute = route({
  method: 'post',
  path: '/papers/:paperKey/receipt',
  operationId: 'recordPaperReceipt',
  summary: { zh: '登记主管部门签收', en: 'The authority has signed for a paper' },
  tag,
  roles: ['government-liaison'],
  params: paperParams,
  body: z.object({ receivedAt: instant, receivedBy: words }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    await recordPaperReceipt(context.intake, {
      ...body,
      paperKey: params.paperKey,
      by: context.caller.personId,
    });
    return ACCEPTED;
  },
});

export const paperRoutes = [listRoute, getRoute, receiptRoute];
