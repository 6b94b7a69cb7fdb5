import { z } from 'zod';
import { findPaper } from '../../db/reads/list-papers.ts';
import { readCompanyName } from '../../db/reads/papers-to-print.ts';
import { evidencePaper } from '../../papers/evidence/summary.ts';
import { authorityLetter, type StoredLetter } from '../../papers/letters/authority.ts';
import { drawCertificate } from '../../papers/letters/certificate.ts';
import { creditLetter } from '../../papers/letters/credit.ts';
import { missLetter, missReport } from '../../papers/letters/miss.ts';
import { printNotice } from '../../papers/notices/print-notice.ts';
import { serviceSheet } from '../../papers/notices/service-sheet.ts';
import { printPaper } from '../../papers/sheet/print.ts';
import { ticketPaper } from '../../papers/tickets/ticket.ts';
import type { SealedPaper } from '../../systems/messages/papers.ts';
import { evidenceOf } from '../evidence.ts';
import { DESK, LEADERS, type Role } from '../http/caller.ts';
import { found, Problem } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import {
  creditLetterToPrint,
  drawnToPrint,
  missToPrint,
  noticeToPrint,
  servicesToPrint,
  ticketToPrint,
} from '../papers.ts';
import { id } from '../schemas.ts';

const tag = 'documents';
const pdf = {
  tag,
  answer: z.instanceof(Buffer).meta({ override: { type: 'string', format: 'binary' } }),
  answerType: 'application/pdf',
} as const;
const PAPER_READERS: readonly Role[] = [
  'government-liaison',
  'centre',
  'station-head',
  'company-head',
  'auditor',
];

const noticeRoute = route({
  ...pdf,
  method: 'get',
  path: '/notices/:noticeId/document.pdf',
  operationId: 'printNotice',
  summary: { zh: '打印通知书', en: 'A notice as PDF, on the paper of its colour, as it was sealed' },
  roles: DESK,
  params: z.object({ noticeId: id }),
  handle: async (context, { params }) =>
    printNotice(await context.read((tx) => noticeToPrint(tx, context.deps.vault, params.noticeId))),
});

const serviceRoute = route({
  ...pdf,
  method: 'get',
  path: '/notices/:noticeId/service-sheet.pdf',
  operationId: 'printServiceSheet',
  summary: {
    zh: '打印送达回证',
    en: 'Who got the notice, when, how, and what proves it; blank before the service',
  },
  roles: DESK,
  params: z.object({ noticeId: id }),
  handle: async (context, { params }) => {
    const [notice, services] = await context.read(async (tx) => [
      await noticeToPrint(tx, context.deps.vault, params.noticeId),
      await servicesToPrint(tx, context.deps.vault, context.deps.systems.blobs, params.noticeId),
    ]);
    return printPaper(serviceSheet(notice, services));
  },
});

const ticketRoute = route({
  ...pdf,
  method: 'get',
  path: '/tickets/:ticketId/document.pdf',
  operationId: 'printTicket',
  summary: { zh: '打印工作票', en: 'A work ticket as PDF, with what was recorded on it' },
  roles: [...DESK, 'crew'],
  params: z.object({ ticketId: id }),
  handle: async (context, { params }) =>
    printPaper(
      ticketPaper(await context.read((tx) => ticketToPrint(tx, context.deps.vault, params.ticketId))),
    ),
});

async function letterToPrint(context: Context, paperKey: string): Promise<StoredLetter> {
  const paper = found(await context.read((tx) => findPaper(tx, paperKey)), 'paper');
  const sealed = context.deps.vault.openJson<SealedPaper>(paper.textEnc);
  if (!('facts' in sealed)) throw new Problem(409, 'not-printable');
  return {
    kind: paper.kind as StoredLetter['kind'],
    attempt: Number(paperKey.slice(paperKey.lastIndexOf('/') + 1)),
    sealed,
    receipt: paper.receiptAt === null ? null : { at: paper.receiptAt, by: paper.receiptBy ?? '' },
  };
}

const paperRoute = route({
  ...pdf,
  method: 'get',
  path: '/papers/:paperKey/document.pdf',
  operationId: 'printPaper',
  summary: { zh: '打印报送文书', en: 'A paper for an authority as PDF, with its receipt' },
  roles: PAPER_READERS,
  params: z.object({ paperKey: id }),
  handle: async (context, { params }) =>
    printPaper(authorityLetter(await letterToPrint(context, params.paperKey))),
});

const missRoute = route({
  ...pdf,
  method: 'get',
  path: '/stops/:stopId/miss-explanation.pdf',
  operationId: 'printMissExplanation',
  summary: {
    zh: '打印复电延迟说明',
    en: 'Why a restoration was late, to the customer or to the leader in charge',
  },
  roles: DESK,
  params: z.object({ stopId: id }),
  query: z.object({ to: z.enum(['customer', 'leader']).default('customer') }),
  handle: async (context, { params, query }) => {
    const miss = await context.read((tx) => missToPrint(tx, context.deps.vault, params.stopId));
    return printPaper(query.to === 'customer' ? missLetter(miss) : missReport(miss));
  },
});

const evidenceRoute = route({
  ...pdf,
  method: 'get',
  path: '/stops/:stopId/evidence-summary.pdf',
  operationId: 'printEvidenceSummary',
  summary: {
    zh: '打印停电证据摘要',
    en: 'The readable half of an evidence file as of now, with its hashes and seal',
  },
  roles: [...LEADERS, 'auditor'],
  params: z.object({ stopId: id }),
  handle: async (context, { params }) => {
    const file = await evidenceOf(context, params.stopId);
    const companyName = await context.read((tx) => readCompanyName(tx, file.companyId));
    return printPaper(evidencePaper({ ...file, companyName }));
  },
});

const creditLetterRoute = route({
  ...pdf,
  method: 'get',
  path: '/credit/letters/:letterId/document.pdf',
  operationId: 'printCreditLetter',
  summary: {
    zh: '打印信用函件及送达回证',
    en: 'A letter of credit as PDF, as it was sealed, with the slip of its service',
  },
  roles: [...DESK, 'credit-officer'],
  params: z.object({ letterId: id }),
  handle: async (context, { params }) =>
    printPaper(
      creditLetter(await context.read((tx) => creditLetterToPrint(tx, context.deps.vault, params.letterId))),
    ),
});

const certificateRoute = route({
  ...pdf,
  method: 'get',
  path: '/accounts/:accountNo/credit/certificates/:year/document.pdf',
  operationId: 'printDrawCertificate',
  summary: {
    zh: '打印 A 级用户抽奖荣誉证书',
    en: 'The certificate of an A customer who was drawn, with what the draw can be run again from (G3.5)',
  },
  roles: [...DESK, 'credit-officer'],
  params: z.object({ accountNo: id, year: z.coerce.number().int().min(2020).max(2099) }),
  handle: async (context, { params }) =>
    printPaper(drawCertificate(await context.read((tx) => drawnToPrint(tx, context.deps.vault, params)))),
});

export const documentRoutes = [
  ...[noticeRoute, serviceRoute, ticketRoute, paperRoute, missRoute, evidenceRoute],
  ...[creditLetterRoute, certificateRoute],
];
