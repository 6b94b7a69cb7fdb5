import { randomUUID } from 'node:crypto';
import type { Tx } from '../../db/database.ts';
import { civilDate, daysBetween, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { keepDeskRecord } from '../desk/keep-desk-record.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { triggerIfStopped } from '../holds/trigger-if-stopped.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount, type AccountInHand } from '../take-account.ts';
import { recallReached, tellReached } from './tell-reached.ts';

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
  /** The same order told twice is one shield; drawn where it is left out. */
  factId?: string;
}

export interface ShieldSet {
  shieldId: string;
  /** Open cases that were told. */
  reached: number;
  /** Accounts whose crews were recalled. */
  recalled: number;
}

function daysOf(shield: NewShield): { from: CivilDate; to: CivilDate } {
  try {
    const days = { from: civilDate(shield.from), to: civilDate(shield.to) };
    if (daysBetween(days.from, days.to) >= 0) return days;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new IntakeRefused('not-a-date', 422, { from: shield.from, to: shield.to });
  }
  throw new IntakeRefused('dates-reversed', 422, { from: shield.from, to: shield.to });
}

async function store(
  tx: Tx,
  companyId: string,
  shieldId: string,
  shield: NewShield,
  account: AccountInHand | undefined,
): Promise<void> {
  const stored = await tx.run(
    `insert into shields (company_id, shield_id, region, customer_class, account_id, effect, order_no, reason, from_on, to_on, set_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (shield_id) do nothing`,
    [
      ...[companyId, shieldId, shield.region ?? null, shield.customerClass ?? null],
      ...[account?.accountId ?? null, shield.effect, shield.orderNo, shield.reason],
      ...[shield.from, shield.to, shield.by],
    ],
  );
  if (stored === 0) return;
  const { effect, orderNo, from, to } = shield;
  const body = { shieldId, effect, orderNo, from, to };
  if (account === undefined) {
    const { region = null, customerClass = null } = shield;
    await keepDeskRecord(tx, companyId, {
      action: 'shield.set',
      by: shield.by,
      body: { ...body, region, customerClass },
    });
    return;
  }
  await keepRecord(tx, account, {
    action: 'shield.set',
    factId: shieldId,
    actor: shield.by,
    occurredAt: new Date(account.nowMs).toISOString(),
    body,
  });
}

/** Does the order cover the account's today? One for next week switches nothing on. */
function isInForce(account: AccountInHand, days: { from: CivilDate; to: CivilDate }): boolean {
  const today = civilDateAt(account.nowMs);
  return daysBetween(days.from, today) >= 0 && daysBetween(today, days.to) >= 0;
}

/**
 * Sets a shield at once: it is in force from the commit, crews that would stop on one of its days are recalled, every open
 * case in reach is told; an account that is shielded by name and stopped gets its supply back (L3, L10).
 * @throws IntakeRefused `unknown-account` (404), `dates-reversed`, `not-a-date` (422)
 */
export async function setShield(intake: Intake, shield: NewShield): Promise<ShieldSet> {
  const days = daysOf(shield);
  const shieldId = `shield/${shield.factId ?? randomUUID()}`;
  const isAgainstStops = shield.effect !== 'no-late-fee';
  const accountId = await intake.db.tx(intake.scope, async (tx) => {
    const account =
      shield.accountNo === undefined ? undefined : await takeAccount(tx, { accountNo: shield.accountNo });
    await store(tx, intake.scope.companyId, shieldId, shield, account);
    if (account !== undefined && isAgainstStops && isInForce(account, days))
      await triggerIfStopped(tx, account, 'shield', shieldId);
    return account?.accountId ?? null;
  });
  const reach = {
    region: shield.region ?? null,
    customerClass: shield.customerClass ?? null,
    accountId,
    ...days,
  };
  const fact = { kind: 'shield', factId: shieldId, by: shield.by };
  const recalled = isAgainstStops ? await recallReached(intake, reach, fact) : 0;
  const reached = await tellReached(intake, reach, { ...fact, plannedOnly: false });
  return { shieldId, reached, recalled };
}
