import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { GovernmentPort } from '../../systems/government/port.ts';
import { readSetting, writeSetting } from '../books/settings.ts';
import type { SimContext } from '../context.ts';
import { HttpProblem } from '../http/problem.ts';

export const paperBody = z.strictObject({
  paperKey: z.string().min(1),
  kind: z.enum(['suspension-copy', 'large-arrears']),
  subject: z.string(),
  text: z.string(),
}) satisfies z.ZodType<Parameters<GovernmentPort['submit']>[0]>;
type Paper = z.output<typeof paperBody>;

/** When the authority signs: so long after a paper came, or never. */
export const receiptSwitch = z.strictObject({
  mode: z.enum(['auto', 'never']),
  afterMs: z.int().nonnegative().default(0),
});
export type ReceiptSwitch = z.input<typeof receiptSwitch>;

/** A person signs now, or at a time of the case. */
export const signature = z.strictObject({
  receivedAt: z.iso.datetime({ offset: true }).optional(),
  receivedBy: z.string().min(1).optional(),
});

/** A paper that the authority has. */
export interface HeldPaper extends Paper {
  submissionId: string;
  receivedAt: string | null;
  receivedBy: string;
}

interface PaperRow {
  paper_key: string;
  submission_id: string;
  kind: Paper['kind'];
  subject: string;
  body: string;
  received_at: string | null;
  received_by: string;
}

const receiptSetting = 'government-receipts';
const clerk = '淮阴区发展和改革委员会 收发室';

/** Takes a paper; the same again is one paper. @throws HttpProblem 409 `paper-differs` */
export async function takePaper(sim: SimContext, paper: Paper): Promise<{ submissionId: string }> {
  const kept = await readSetting<z.output<typeof receiptSwitch>>(sim.books, receiptSetting);
  const { mode, afterMs } = kept ?? { mode: 'auto', afterMs: 0 };
  const receivedAt = mode === 'never' ? null : new Date(sim.clock.nowMs() + afterMs).toISOString();
  await sim.books.rows(
    `insert into paper (paper_key, submission_id, kind, subject, body, received_at, received_by)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (paper_key) do nothing`,
    [paper.paperKey, `submission-${randomUUID()}`, paper.kind, paper.subject, paper.text, receivedAt, clerk],
  );
  const row = await requirePaper(sim, paper.paperKey);
  if (row.kind !== paper.kind || row.subject !== paper.subject || row.body !== paper.text) {
    throw new HttpProblem(409, 'paper-differs', `Paper ${paper.paperKey} is known with other content.`);
  }
  return { submissionId: row.submission_id };
}

/** The receipt of a paper. @throws HttpProblem 404 `unknown-paper`, `no-receipt-yet` */
export async function readReceipt(
  sim: SimContext,
  paperKey: string,
): Promise<{ receivedAt: string; receivedBy: string }> {
  const row = await requirePaper(sim, paperKey);
  if (row.received_at === null || Date.parse(row.received_at) > sim.clock.nowMs()) {
    throw new HttpProblem(404, 'no-receipt-yet', `Nobody has signed for paper ${paperKey} yet.`);
  }
  return { receivedAt: row.received_at, receivedBy: row.received_by };
}

/** Sets when papers that come from now on are signed for. */
export async function switchReceipts(sim: SimContext, value: z.output<typeof receiptSwitch>): Promise<void> {
  await writeSetting(sim.books, receiptSetting, value);
}

/** Signs for a paper. @throws HttpProblem 404 `unknown-paper` */
export async function signPaper(
  sim: SimContext,
  paperKey: string,
  given: z.output<typeof signature>,
): Promise<void> {
  await requirePaper(sim, paperKey);
  await sim.books.rows(
    'update paper set received_at = $2, received_by = coalesce($3, received_by) where paper_key = $1',
    [paperKey, given.receivedAt ?? sim.clock.nowIso(), given.receivedBy ?? null],
  );
}

/** Every paper that came, oldest first. */
export async function listPapers(sim: SimContext): Promise<HeldPaper[]> {
  const rows = await sim.books.rows<PaperRow>('select * from paper order by seq');
  return rows.map((row) => ({
    paperKey: row.paper_key,
    kind: row.kind,
    subject: row.subject,
    text: row.body,
    submissionId: row.submission_id,
    receivedAt: row.received_at,
    receivedBy: row.received_by,
  }));
}

async function requirePaper(sim: SimContext, paperKey: string): Promise<PaperRow> {
  const [row] = await sim.books.rows<PaperRow>('select * from paper where paper_key = $1', [paperKey]);
  if (!row) throw new HttpProblem(404, 'unknown-paper', `There is no paper ${paperKey}.`);
  return row;
}
