import type { Tx } from '../../db/database.ts';
import { standDown } from '../stand-down.ts';
import type { AccountInHand } from '../take-account.ts';

/** Who says "I have paid" is believed until it is checked (T1.2, T2.6): nothing is stopped meanwhile. */
export async function holdForClaim(
  tx: Tx,
  account: AccountInHand,
  factId: string,
  by: string,
): Promise<void> {
  await tx.run(
    `insert into holds (hold_id, company_id, centre_id, account_id, kind, until_at, reason, set_by, occurred_at)
     values ($1, $2, $3, $4, 'claimed-payment', null, 'claimed-payment', $5, $6) on conflict (hold_id) do nothing`,
    [
      `hold/claimed-payment/${factId}`,
      account.companyId,
      account.centreId,
      account.accountId,
      by,
      new Date(account.nowMs).toISOString(),
    ],
  );
  await standDown(tx, account, 'claimed-payment', by);
}
