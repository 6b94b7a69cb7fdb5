import type { Intake } from '../deps.ts';
import { takeAccount } from '../take-account.ts';
import { reviewCauses } from './review-causes.ts';

/**
 * Restores where a cause of L3 is stored and nobody was told of it: a debt written off or corrected by billing, a fact that came
 * while the stop was still on its way to us (T3.2).
 */
export function restoreIfCleared(intake: Intake, of: { accountId: string }): Promise<boolean> {
  return intake.db.tx(intake.scope, async (tx) => reviewCauses(tx, await takeAccount(tx, of)));
}
