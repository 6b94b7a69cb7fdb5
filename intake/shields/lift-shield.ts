import { keepDeskRecord } from '../desk/keep-desk-record.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

/** An order that no longer holds (L10). */
export interface ShieldLifted {
  shieldId: string;
  by: string;
  /** The order that lifts it, where there is one. */
  orderNo?: string;
}

/**
 * Lifts a shield from now on; no countdown goes on, cases plan anew by themselves. Told twice it changes nothing.
 * @throws IntakeRefused `unknown-shield` (404)
 */
export function liftShield(intake: Intake, fact: ShieldLifted): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const shield = await tx.row<{ account_id: string | null }>(
      'select account_id from shields where shield_id = $1',
      [fact.shieldId],
    );
    if (shield === undefined) throw new IntakeRefused('unknown-shield', 404, { what: 'shield' });
    const account =
      shield.account_id === null ? undefined : await takeAccount(tx, { accountId: shield.account_id });
    const lifted = await tx.run(
      `update shields set lifted_at = clock_timestamp() where shield_id = $1 and lifted_at is null`,
      [fact.shieldId],
    );
    if (lifted === 0) return;
    const body = { shieldId: fact.shieldId, orderNo: fact.orderNo ?? null };
    if (account === undefined) {
      await keepDeskRecord(tx, intake.scope.companyId, { action: 'shield.lifted', by: fact.by, body });
      return;
    }
    await keepRecord(tx, account, {
      action: 'shield.lifted',
      factId: fact.shieldId,
      actor: fact.by,
      occurredAt: new Date(account.nowMs).toISOString(),
      body,
    });
  });
}
