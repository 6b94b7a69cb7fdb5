import type { Tx } from '../../db/database.ts';
import { HOLD_KINDS } from '../../rules/holds/hold-kind.ts';
import { endsHold } from '../../rules/holds/what-ends-a-hold.ts';
import { keepRecord } from '../keep-record.ts';
import type { AccountInHand } from '../take-account.ts';

const ENDED_BY_PAYMENT = HOLD_KINDS.filter((kind) => endsHold(kind, 'paid'));

/**
 * What was promised or claimed of a debt that is paid holds nothing any more: or an old plan, or an old "I have paid", would keep
 * the next debt of this account from ever being collected (R3, T1.2). The caller holds the account's lock.
 */
export async function endPaidHolds(tx: Tx, account: AccountInHand): Promise<void> {
  const at = new Date(account.nowMs).toISOString();
  const ended = await tx.rows<{ holdId: string; kind: string }>(
    `update holds set ended_at = $2, end_reason = 'paid'
      where account_id = $1 and ended_at is null and kind = any ($3) returning hold_id as "holdId", kind`,
    [account.accountId, at, ENDED_BY_PAYMENT],
  );
  for (const { holdId, kind } of ended) {
    await tx.run(
      `update tasks set done_at = $2, outcome = 'paid' where ref = $1 and kind = 'check-claim' and done_at is null`,
      [holdId, at],
    );
    await keepRecord(tx, account, {
      action: 'hold.ended',
      factId: holdId,
      actor: 'fudian',
      occurredAt: at,
      body: { holdId, kind, ending: 'paid' },
    });
  }
}
