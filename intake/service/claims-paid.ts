import type { Tx } from '../../db/database.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { standDown } from '../stand-down.ts';
import type { AccountInHand } from '../take-account.ts';

const CHECKED_WITHIN_MS = 24 * 60 * 60_000;

/** A claim waits for a person of the centre, or the debt would rest on a word for ever (T1.2). */
export function askToCheckClaim(tx: Tx, account: AccountInHand, holdId: string): Promise<void> {
  const { companyId, centreId, accountId, nowMs } = account;
  return putTask(tx, {
    ...{ companyId, centreId, accountId, nowMs },
    taskId: `task/check-claim/${holdId}`,
    caseId: account.openCase?.caseId ?? null,
    kind: 'check-claim',
    role: 'centre',
    assignee: null,
    ref: holdId,
    notBeforeMs: nowMs,
    dueAtMs: nowMs + CHECKED_WITHIN_MS,
  });
}

/** Who says "I have paid" is believed until it is checked (T1.2, T2.6): nothing is stopped meanwhile. */
export async function holdForClaim(
  tx: Tx,
  account: AccountInHand,
  factId: string,
  by: string,
): Promise<void> {
  const holdId = `hold/claimed-payment/${factId}`;
  await tx.run(
    `insert into holds (hold_id, company_id, centre_id, account_id, kind, until_at, reason, set_by, occurred_at)
     values ($1, $2, $3, $4, 'claimed-payment', null, 'claimed-payment', $5, $6) on conflict (hold_id) do nothing`,
    [
      holdId,
      account.companyId,
      account.centreId,
      account.accountId,
      by,
      new Date(account.nowMs).toISOString(),
    ],
  );
  await askToCheckClaim(tx, account, holdId);
  await standDown(tx, account, 'claimed-payment', by);
}
