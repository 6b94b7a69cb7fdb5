import { recordPayment } from '../intake/payments/record-payment.ts';
import { restoreIfCleared } from '../intake/restorations/restore-if-cleared.ts';
import type { Intake } from '../intake/deps.ts';
import type { BillingPort } from '../systems/billing/port.ts';

/**
 * Looks in billing for payments of one account now, stores those that nobody had told us of, and restores what is cleared
 * (T3.1). @throws SystemUnavailable | SystemRefused
 */
export async function checkPayments(
  intake: Intake,
  billing: BillingPort,
  account: { accountId: string; accountNo: string; source: string },
): Promise<{ unseenPayments: number }> {
  const now = await billing.readAccountNow(account.accountNo);
  let unseenPayments = 0;
  for (const payment of [...now.payments, ...now.inFlight]) {
    const { accountNo: _, ...fact } = payment;
    const { duplicate } = await recordPayment(intake, {
      source: account.source,
      ...fact,
      accountId: account.accountId,
    });
    if (!duplicate) unseenPayments += 1;
  }
  await restoreIfCleared(intake, { accountId: account.accountId });
  return { unseenPayments };
}
