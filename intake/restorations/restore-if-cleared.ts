import type { Intake } from '../deps.ts';
import { takeAccount } from '../take-account.ts';
import { reviewStop } from './review-stop.ts';

/** Restores where the named debt is gone without a payment event: written off, corrected by billing (L3, T3.2). */
export function restoreIfCleared(intake: Intake, of: { accountId: string }): Promise<boolean> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, of);
    return reviewStop(tx, account, { factId: 'review', occurredAt: new Date(account.nowMs).toISOString() });
  });
}
