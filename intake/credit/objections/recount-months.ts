import { gradeChunk } from '../../../db/credit/grade-chunk.ts';
import { readCreditPolicy } from '../../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../../db/database.ts';
import type { CivilDate } from '../../../rules/calendar/civil-date.ts';
import type { AccountInHand } from '../../take-account.ts';

/**
 * Counts the months anew that were judged while a wrong record stood: a second line beside the first where it differs, so that the
 * file says what is right and still what was said then (G2.1, L5). Nothing that holds now is moved by it.
 */
export async function recountMonths(
  tx: Tx,
  account: AccountInHand,
  recordIds: readonly string[],
): Promise<void> {
  if (recordIds.length === 0) return;
  const months = await tx.rows<{ as_of: CivilDate }>(
    `select distinct on (month) as_of from credit_grades g
      where account_id = $1 and month < (select max(month) from credit_grades where account_id = $1)
        and recorded_at >= (select min(recorded_at) from credit_records where record_id = any ($2))
      order by month, n desc`,
    [account.accountId, recordIds],
  );
  for (const { as_of: asOf } of months)
    await gradeChunk(tx, {
      ...({ asOf, knowledge: 'now', reach: 'one', after: '', until: account.accountId } as const),
      ...({ knownAt: 'infinity', cause: 'objection', runId: null } as const),
      policy: await readCreditPolicy(tx, account.companyId, asOf),
      occurredAt: new Date(account.nowMs).toISOString(),
    });
}
