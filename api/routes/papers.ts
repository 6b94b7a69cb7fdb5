import { z } from 'zod';
import { findPaper, listPapers } from '../../db/reads/list-papers.ts';
import { recordPaperReceipt } from '../../intake/papers/record-receipt.ts';
import type { Caller, Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, id, instant, pageOf, paging, words } from '../schemas.ts';
import { paperItem } from '../shapes/paper.ts';

const tag = 'papers';
const paperParams = z.object({ paperKey: id });

const RECEIVERS: readonly Role[] = ['government-liaison'];
const mayReceive = (paper: { receiptAt: string | null }, caller: Caller) => ({
  mayRecordReceipt: paper.receiptAt === null && RECEIVERS.some((role) => caller.roles.includes(role)),
});

const listRoute = route({
  method: 'get',
  path: '/papers',
  operationId: 'listPapers',
  summary: { zh: '报送主管部门的文书', en: 'Papers for the authorities' },
  tag,
  roles: ['government-liaison', 'centre', 'station-head', 'company-head', 'auditor'],
  query: paging.extend({ state: z.enum(['waiting', 'received']).default('waiting') }),
  answer: pageOf(paperItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 2);
      const waiting = query.state === 'waiting';
      const rows = await listPapers(tx, { waiting, after, limit: query.limit + 1 });
      const { items, next } = page(rows, query.limit, (row) => [row.recordedAt, row.paperKey]);
      return { items: items.map((paper) => ({ ...paper, ...mayReceive(paper, context.caller) })), next };
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
  answer: paperItem.extend({ subject: z.string(), text: z.string() }),
  handle: (context, { params }) =>
    context.read(async (tx) => {
      const { textEnc, ...paper } = found(await findPaper(tx, params.paperKey), 'paper');
      const { subject, text } = context.deps.vault.openJson<{ subject: string; text: string }>(textEnc);
      return { ...paper, ...mayReceive(paper, context.caller), subject, text };
    }),
});

const receiptRoute = route({
  method: 'post',
  path: '/papers/:paperKey/receipt',
  operationId: 'recordPaperReceipt',
  summary: { zh: '登记主管部门签收', en: 'The authority has signed for a paper' },
  tag,
  roles: RECEIVERS,
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
