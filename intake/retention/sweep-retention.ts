import { leftAccounts } from '../../db/retention/read-erasure-facts.ts';
import { addMonths } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { retentionAt } from '../../rules/parameters/retention.ts';
import type { BlobPort } from '../../systems/blobs/port.ts';
import type { Intake } from '../deps.ts';
import { deskNowMs, keepDeskRecord } from '../desk/keep-desk-record.ts';
import { eraseAccount } from './erase-account.ts';

/** What a sweep did, or on a dry run would do. */
export interface Swept {
  readonly accounts: number;
  readonly badRows: number;
  readonly answers: number;
  readonly proofs: number;
}

const PAGE = 200;
const MONTHS = 12;

/** Proof files of erased accounts that still lie in the store; a sweep that broke off is made good by the next. */
async function removeProofs(intake: Intake, blobs: Pick<BlobPort, 'remove'>): Promise<number> {
  const waiting = await intake.db.tx(intake.scope, (tx) =>
    tx.rows<{ accountId: string; proofs: string[] }>(
      `select account_id as "accountId", proofs from erasures where proofs_removed_at is null`,
    ),
  );
  let removed = 0;
  for (const { accountId, proofs } of waiting) {
    for (const sha256 of proofs) await blobs.remove(sha256);
    removed += proofs.length;
    await intake.db.tx(intake.scope, (tx) =>
      tx.run('update erasures set proofs_removed_at = clock_timestamp() where account_id = $1', [accountId]),
    );
  }
  return removed;
}

/** By age alone: bad rows of files, and answers kept for repeated requests. */
function sweepByAge(intake: Intake, dryRun: boolean): Promise<{ badRows: number; answers: number }> {
  const { companyId } = intake.scope;
  return intake.db.tx(intake.scope, async (tx) => {
    const { badRowDays, answerDays } = retentionAt(civilDateAt(await deskNowMs(tx)));
    const old = (table: string, where: string) => `from ${table} where company_id = $1 and ${where}`;
    const badRows = old(
      'import_bad_rows',
      `import_id in (select import_id from imports where recorded_at < clock_timestamp() - $2 * interval '1 day')`,
    );
    const answers = old('idempotency_keys', `recorded_at < clock_timestamp() - $2 * interval '1 day'`);
    const count = async (what: string, days: number): Promise<number> =>
      dryRun
        ? ((await tx.row<{ n: number }>(`select count(*)::int as n ${what}`, [companyId, days]))?.n ?? 0)
        : tx.run(`delete ${what}`, [companyId, days]);
    return { badRows: await count(badRows, badRowDays), answers: await count(answers, answerDays) };
  });
}

/**
 * Forgets what no law needs any more (L9): accounts of people who left, once their evidence is old enough, bad rows of files and kept
 * answers. Safe to repeat and to break off.
 */
export async function sweepRetention(
  intake: Intake,
  blobs: Pick<BlobPort, 'remove'>,
  order: { by: string; dryRun: boolean },
): Promise<Swept> {
  const { by, dryRun } = order;
  const { companyId } = intake.scope;
  const nowMs = await intake.db.tx(intake.scope, deskNowMs);
  const today = civilDateAt(nowMs);
  const until = addMonths(today, -MONTHS * retentionAt(today).evidenceYears);
  let accounts = 0;
  for (let after = ''; ;) {
    const page = await intake.db.tx(intake.scope, (tx) =>
      leftAccounts(tx, { companyId, until, after, limit: PAGE }),
    );
    for (const { accountId } of page) {
      const { outcome } = await eraseAccount(intake, { accountId, by, dryRun });
      if (outcome === 'erased' || outcome === 'would-be-erased') accounts += 1;
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.accountId;
  }
  const { badRows, answers } = await sweepByAge(intake, dryRun);
  const proofs = dryRun ? 0 : await removeProofs(intake, blobs);
  const swept = { accounts, badRows, answers, proofs };
  if (!dryRun && Object.values(swept).some((n) => n > 0))
    await intake.db.tx(intake.scope, (tx) =>
      keepDeskRecord(tx, companyId, { action: 'retention.swept', by, body: { ...swept } }),
    );
  return swept;
}
