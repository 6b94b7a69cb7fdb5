import type { Tx } from '../../db/database.ts';
import type { TriggerKind } from '../../rules/restore/trigger-kind.ts';
import { triggerRestoration } from '../restorations/trigger-restoration.ts';
import type { AccountInHand } from '../take-account.ts';

/** Where supply is off, this fact makes its restoration due (L3). True: it was off. */
export async function triggerIfStopped(
  tx: Tx,
  account: AccountInHand,
  kind: TriggerKind,
  factId: string,
): Promise<boolean> {
  const stop = await tx.row<{ stop_id: string }>(
    'select stop_id from stops where account_id = $1 and in_force',
    [account.accountId],
  );
  if (stop === undefined) return false;
  await triggerRestoration(tx, account, {
    stopId: stop.stop_id,
    kind,
    factId,
    occurredAt: new Date(account.nowMs).toISOString(),
  });
  return true;
}
