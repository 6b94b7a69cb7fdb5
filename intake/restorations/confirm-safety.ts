import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { factTime, takeAccount } from '../take-account.ts';

/** The customer says that it is safe to switch on (安全复电); nobody waits for it (T3.3). @throws IntakeRefused `unknown-stop` (404) */
export function confirmSafety(
  intake: Intake,
  fact: { stopId: string; by: string; occurredAt?: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string }>('select account_id from stops where stop_id = $1', [
      fact.stopId,
    ]);
    if (of === undefined) throw new IntakeRefused('unknown-stop', 404, { stopId: fact.stopId });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const at = factTime(account, fact.occurredAt);
    const changed = await tx.run(
      `update restorations set safety_confirmed_at = $2 where stop_id = $1 and safety_confirmed_at is null`,
      [fact.stopId, at],
    );
    if (changed === 0) return;
    await keepRecord(tx, account, {
      action: 'restoration.safety-confirmed',
      factId: fact.stopId,
      actor: fact.by,
      occurredAt: at,
      body: { stopId: fact.stopId },
    });
  });
}
