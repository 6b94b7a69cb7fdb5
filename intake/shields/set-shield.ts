import { randomUUID } from 'node:crypto';
import type { Intake } from '../deps.ts';
import { IntakeRefused } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { standDown } from '../stand-down.ts';
import { takeAccount } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { triggerIfStopped } from '../holds/trigger-if-stopped.ts';

/** An order that protects supply, or stops late fees, for a region, a class or one account (L10). Whole days, both included. */
export interface NewShield {
  region?: string;
  customerClass?: 'resident' | 'non-resident';
  accountNo?: string;
  effect: 'no-stop' | 'no-late-fee' | 'both';
  orderNo: string;
  reason: string;
  from: string;
  to: string;
  by: string;
}

/** Open cases in reach of a shield. */
const REACHED = `
select a.account_id from cases c join accounts a using (account_id)
 where c.status = 'open' and ($1::text is null or a.region = $1) and ($2::text is null or a.customer_class = $2)
   and ($3::text is null or a.account_no = $3) order by a.account_id`;

async function reach(intake: Intake, accountId: string, shieldId: string, shield: NewShield): Promise<void> {
  await intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountId });
    if (shield.effect !== 'no-late-fee') await standDown(tx, account, 'shield', shield.by);
    await tellCase(tx, account, 'shield', shieldId);
  });
}

/**
 * Sets a shield at once: it is in force from the commit, every open case in reach is told and its crew recalled; an
 * account that is shielded by name and stopped gets its supply back (L3). @throws IntakeRefused `unknown-account` (404), `dates-reversed` (422)
 */
export async function setShield(
  intake: Intake,
  shield: NewShield,
): Promise<{ shieldId: string; reached: number }> {
  if (shield.to < shield.from)
    throw new IntakeRefused('dates-reversed', 422, { from: shield.from, to: shield.to });
  const shieldId = `shield/${randomUUID()}`;
  const accounts = await intake.db.tx(intake.scope, async (tx) => {
    const account =
      shield.accountNo === undefined ? undefined : await takeAccount(tx, { accountNo: shield.accountNo });
    await tx.run(
      `insert into shields (company_id, shield_id, region, customer_class, account_id, effect, order_no, reason, from_on, to_on, set_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[intake.scope.companyId, shieldId, shield.region ?? null, shield.customerClass ?? null],
        ...[
          account?.accountId ?? null,
          shield.effect,
          shield.orderNo,
          shield.reason,
          shield.from,
          shield.to,
          shield.by,
        ],
      ],
    );
    if (account !== undefined) {
      await keepRecord(tx, account, {
        action: 'shield.set',
        factId: shieldId,
        actor: shield.by,
        occurredAt: new Date(account.nowMs).toISOString(),
        body: { shieldId, effect: shield.effect, from: shield.from, to: shield.to },
      });
      if (shield.effect !== 'no-late-fee') await triggerIfStopped(tx, account, 'shield', shieldId);
    }
    return tx.rows<{ account_id: string }>(REACHED, [
      shield.region ?? null,
      shield.customerClass ?? null,
      shield.accountNo ?? null,
    ]);
  });
  // One short transaction an account: nobody waits for a whole region.
  for (const { account_id: accountId } of accounts) await reach(intake, accountId, shieldId, shield);
  return { shieldId, reached: accounts.length };
}

/** Lifts a shield from now on; held cases plan anew by themselves. @throws IntakeRefused `unknown-shield` (404) */
export function liftShield(intake: Intake, fact: { shieldId: string }): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const lifted = await tx.run(
      `update shields set lifted_at = coalesce(lifted_at, clock_timestamp()) where shield_id = $1`,
      [fact.shieldId],
    );
    if (lifted === 0) throw new IntakeRefused('unknown-shield', 404, { what: 'shield' });
  });
}
