import { gradeChunk } from '../../db/credit/grade-chunk.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { scoreChunk } from '../../db/credit/score-chunk.ts';
import type { Tx } from '../../db/database.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';

/** Whose credit is looked at, why, and what time it is for them. */
export interface JudgeNow {
  companyId: string;
  accountId: string;
  cause: 'major-change' | 'objection' | 'repair';
  /** Epoch ms. */
  nowMs: number;
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';

/** The account that stays where accounts of one customer became one. */
const STANDS = `
with recursive up as (
  select $1::text as account_id
  union select m.into_account from up join account_merges m on m.from_account = up.account_id)
select account_id as "accountId" from up
 where not exists (select from account_merges m where m.from_account = up.account_id)`;

/**
 * Judges grade, colour and score of one account as of today (K5.3). What harms nobody holds at once; what harms waits for a person
 * (L7). Again, with nothing changed, it writes nothing.
 */
export async function judgeNow(tx: Tx, at: JudgeNow): Promise<{ queued: number }> {
  const asOf = civilDateAt(at.nowMs);
  const policy = await readCreditPolicy(tx, at.companyId, asOf);
  const stands = await tx.row<{ accountId: string }>(STANDS, [at.accountId]);
  const one = {
    ...({ asOf, policy, after: '', until: stands?.accountId ?? at.accountId, reach: 'one' } as const),
    ...{ knownAt: 'infinity', runId: null, cause: at.cause, occurredAt: new Date(at.nowMs).toISOString() },
  };
  const judge = async () => {
    const graded = await gradeChunk(tx, { ...one, knowledge: 'now' });
    const scored = await scoreChunk(tx, { ...one, dry: false });
    return { queued: graded.queued + scored.queued };
  };
  await tx.run('savepoint judged_now');
  try {
    return await judge();
  } catch (error) {
    // A run judged the same account in the same moment. Looked at again, its line is there.
    if (!isTaken(error)) throw error;
    await tx.run('rollback to savepoint judged_now');
    return judge();
  }
}
