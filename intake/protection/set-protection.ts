import { randomUUID } from 'node:crypto';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { standDown } from '../stand-down.ts';
import { takeAccount } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { triggerIfStopped } from '../holds/trigger-if-stopped.ts';

/** What a customer answered when asked about life support and vulnerability (L11). */
export interface ProtectionFact {
  accountNo: string;
  protection: 'none' | 'registered';
  /** The customer agreed that this is kept. */
  consent: boolean;
  by: string;
  /** The same fact told twice is said once; drawn where it is left out. */
  factId?: string;
}

/** Keeps the registry of protected people; who is on it is never stopped automatically. @throws IntakeRefused `unknown-account` (404), `consent-needed` (422) */
export function setProtection(intake: Intake, fact: ProtectionFact): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    if (fact.protection === 'registered' && !fact.consent) throw new IntakeRefused('consent-needed', 422);
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const factId = `protection/${fact.factId ?? randomUUID()}`;
    const at = new Date(account.nowMs).toISOString();
    await tx.run(`update accounts set protection = $2 where account_id = $1`, [
      account.accountId,
      fact.protection,
    ]);
    await tx.run(
      `update tasks set done_at = $2, outcome = $3 where account_id = $1 and kind = 'ask-protection' and done_at is null`,
      [account.accountId, at, fact.protection],
    );
    if (fact.protection === 'registered') {
      await standDown(tx, account, 'protected-person', fact.by);
      await triggerIfStopped(tx, account, 'danger', factId);
    }
    await keepRecord(tx, account, {
      action: 'protection.asked',
      factId,
      actor: fact.by,
      occurredAt: at,
      body: { protection: fact.protection, consent: fact.consent },
    });
    await tellCase(tx, account, 'protection', factId);
  });
}
