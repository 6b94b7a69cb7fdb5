import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

/** Takes back every link to the customer's page of an account: a phone was lost or has changed hands. @throws IntakeRefused `unknown-account` (404) */
export function revokeLinks(
  intake: Intake,
  fact: { accountNo: string; reason: string; by: string },
): Promise<{ revoked: number }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const at = new Date(account.nowMs).toISOString();
    const revoked = await tx.run(
      `update links set revoked_at = $2, revoked_by = $3, revoke_reason = $4
        where account_id = $1 and revoked_at is null and expires_at > $2`,
      [account.accountId, at, fact.by, fact.reason],
    );
    if (revoked > 0)
      await keepRecord(tx, account, {
        action: 'links.revoked',
        factId: `links/${account.accountId}/${at}`,
        actor: fact.by,
        occurredAt: at,
        body: { revoked },
      });
    return { revoked };
  });
}
