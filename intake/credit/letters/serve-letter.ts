import type { Tx } from '../../../db/database.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { takeAccount, type AccountInHand } from '../../take-account.ts';
import { tellMatter } from '../tell-matter.ts';
import { putServingTask } from './put-letter.ts';

const MATTER_OF = {
  'downgrade-notice': 'downgrade',
  'objection-answer': 'objection',
  'repair-answer': 'repair',
  'publication-notice': 'export',
} as const;
const hasMatter = (kind: string): kind is keyof typeof MATTER_OF => Object.hasOwn(MATTER_OF, kind);

interface LetterRow {
  letter_id: string;
  account_id: string;
  kind: string;
  subject_id: string;
  status: string;
  recorded_by: string | null;
}

/** How the proof came about. */
export interface LetterServed {
  letterId: string;
  servedBy: 'receipt' | 'signature' | 'photo' | 'refusal' | 'delivery';
  /** Hashes of stored proof files; none for a carrier's receipt. */
  proofs: string[];
  by: string;
}

const DUTIES: ReadonlySet<string> = new Set(['grade-told', 'colour-letter']);

/** Whoever had to be told has been told, with proof (G3.C, H2). */
async function dutyDone(tx: Tx, letter: LetterRow, by: string): Promise<void> {
  if (!DUTIES.has(letter.kind)) return;
  await tx.run(
    `update credit_measures set status = 'done', closed_at = clock_timestamp(), closed_by = $2, outcome = 'served'
      where measure_id = $1 and status in ('open', 'suspended')`,
    [letter.subject_id, by],
  );
}

async function storeServed(
  tx: Tx,
  account: AccountInHand,
  letter: LetterRow,
  fact: LetterServed,
): Promise<void> {
  const at = new Date(account.nowMs).toISOString();
  await tx.run(
    `update credit_letters set status = 'served', served_at = coalesce(served_at, $2), served_by = $3, proof_sha256 = $4, recorded_by = $5
      where letter_id = $1`,
    [letter.letter_id, at, fact.servedBy, fact.proofs, fact.by],
  );
  await tx.run(`update tasks set done_at = $2, outcome = 'served' where task_id = $1 and done_at is null`, [
    `task/${letter.letter_id}`,
    at,
  ]);
  await dutyDone(tx, letter, fact.by);
  await keepRecord(tx, account, {
    action: 'credit.letter-served',
    factId: letter.letter_id,
    actor: fact.by,
    occurredAt: at,
    body: { letterId: letter.letter_id, kind: letter.kind, servedBy: fact.servedBy, proofs: fact.proofs },
  });
  if (hasMatter(letter.kind))
    await tellMatter(
      tx,
      {
        companyId: account.companyId,
        accountId: account.accountId,
        kind: MATTER_OF[letter.kind],
        subjectId: letter.subject_id,
      },
      { kind: 'letter-served', factId: letter.letter_id },
    );
}

const READ = `select letter_id, account_id, kind, subject_id, status, recorded_by from credit_letters where `;

/**
 * A person proves that a letter reached the customer (L8): signature, photo, refusal, or the slip of the post.
 * @throws IntakeRefused `unknown-letter` (404), `proof-missing` (422)
 */
export function serveLetter(intake: Intake, fact: LetterServed): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    if (fact.proofs.length === 0) throw new IntakeRefused('proof-missing', 422);
    const letter = await tx.row<LetterRow>(`${READ} letter_id = $1`, [fact.letterId]);
    if (letter === undefined) throw new IntakeRefused('unknown-letter', 404, { what: 'letter' });
    const account = await takeAccount(tx, { accountId: letter.account_id });
    if (letter.status === 'served') return;
    await storeServed(tx, account, letter, fact);
  });
}

/** What the carrier says of the message that carries a letter: arrival is service (L8), a failure is work for the reader. */
export async function letterReceipt(
  tx: Tx,
  account: AccountInHand,
  receipt: { messageId: string; outcome: 'delivered' | 'failed' },
): Promise<void> {
  const letter = await tx.row<LetterRow>(`${READ} message_id = $1`, [receipt.messageId]);
  if (letter === undefined) return;
  if (receipt.outcome === 'delivered')
    return storeServed(tx, account, letter, {
      ...{ letterId: letter.letter_id, servedBy: 'receipt', proofs: [], by: 'carrier' },
    });
  if (letter.status === 'served') return;
  await tx.run(`update credit_letters set status = 'failed' where letter_id = $1`, [letter.letter_id]);
  if (hasMatter(letter.kind) || DUTIES.has(letter.kind))
    await putServingTask(tx, account, letter.letter_id, account.readerId);
}
