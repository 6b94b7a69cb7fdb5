import { randomUUID } from 'node:crypto';
import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { standDown } from '../stand-down.ts';
import { takeAccount } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { triggerIfStopped } from './trigger-if-stopped.ts';

/**
 * Somebody's health is in danger without electricity (L3, L11): supply that is off comes back, a crew on its way is recalled,
 * and the account counts as protected from now on. @throws IntakeRefused `unknown-account` (404)
 */
export function reportDanger(
  intake: Intake,
  fact: { accountNo: string; by: string },
): Promise<{ restorationOwed: boolean }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const factId = `danger/${randomUUID()}`;
    await tx.run(`update accounts set protection = 'registered' where account_id = $1`, [account.accountId]);
    await standDown(tx, account, 'danger', fact.by);
    const restorationOwed = await triggerIfStopped(tx, account, 'danger', factId);
    await keepRecord(tx, account, {
      action: 'danger.reported',
      factId,
      actor: fact.by,
      occurredAt: new Date(account.nowMs).toISOString(),
      body: { restorationOwed },
    });
    await tellCase(tx, account, 'danger', factId);
    return { restorationOwed };
  });
}
