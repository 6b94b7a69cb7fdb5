import type { Tx } from '../../db/database.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { endPaidHolds } from '../holds/end-paid-holds.ts';
import { keepRecord } from '../keep-record.ts';
import { reviewStop } from '../restorations/review-stop.ts';
import { standDown } from '../stand-down.ts';
import { takeAccount, type AccountInHand } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { allocatePayment, takeBack } from './allocate.ts';
import { knowEvent, type BillingEvent } from './know-event.ts';
import { holdForPartPayment, releasePartPayment } from './part-payment.ts';

/** A payment, or its reversal, as somebody tells us of it. Whole fen; `occurredAt` is the channel's own time, ISO. */
export type PaymentFact = {
  /** Who told us, e.g. `webhook`, `feed`, `live-check`, `clerk`. */
  source: string;
  paymentId: string;
  amountFen: number;
  occurredAt: string;
  channel: string;
  status: 'in-flight' | 'posted' | 'reversed';
  billIds: readonly string[];
  /** Where billing told it by an event: each event counts once. */
  event?: BillingEvent;
} & ({ accountId: string } | { accountNo: string });

interface Known {
  account_id: string;
  amount_fen: number;
  status: PaymentFact['status'];
}

async function store(tx: Tx, account: AccountInHand, fact: PaymentFact): Promise<Known[] | 'duplicate'> {
  const known = await tx.rows<Known>(
    'select account_id, amount_fen, status from payments where company_id = $1 and payment_id = $2',
    [account.companyId, fact.paymentId],
  );
  const isOther = known.some((k) => k.account_id !== account.accountId || k.amount_fen !== fact.amountFen);
  if (isOther) throw new IntakeRefused('payment-differs', 409, { paymentId: fact.paymentId });
  if (known.some((k) => k.status === fact.status)) return 'duplicate';
  await tx.run(
    `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, bill_ids, source, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      account.companyId,
      account.centreId,
      fact.paymentId,
      fact.status,
      account.accountId,
      fact.amountFen,
      fact.channel,
      fact.billIds,
      fact.source,
      fact.occurredAt,
    ],
  );
  return known;
}

/** Money from before the case and the stop is in billing's own figures already; it is not counted a second time. */
async function isNewMoney(tx: Tx, account: AccountInHand, fact: PaymentFact): Promise<boolean> {
  if (fact.status === 'in-flight') return true;
  const since = await tx.row<{ since: string | null }>(
    `select least((select opened_at from cases where account_id = $1 and status = 'open'),
                  (select n.occurred_at from stops s join notices n using (notice_id)
                    where s.account_id = $1 and s.in_force),
                  (select occurred_at from stops where account_id = $1 and in_force)) as since`,
    [account.accountId],
  );
  return (
    since !== undefined && since.since !== null && Date.parse(fact.occurredAt) >= Date.parse(since.since)
  );
}

/** Is no electricity of the account open any more? */
async function isNothingOpen(tx: Tx, account: AccountInHand): Promise<boolean> {
  const open = await tx.row(
    `select 1 from bills where account_id = $1 and service = 'electricity' and paid_fen < principal_fen limit 1`,
    [account.accountId],
  );
  return open === undefined;
}

async function takeIn(tx: Tx, account: AccountInHand, fact: PaymentFact, known: Known[]): Promise<void> {
  const isReversed = fact.status === 'reversed' || known.some((k) => k.status === 'reversed');
  if (isReversed) {
    await takeBack(tx, account.companyId, fact.paymentId);
    await releasePartPayment(tx, account, fact.paymentId);
    return;
  }
  const isFirst = known.length === 0;
  const isNew = await isNewMoney(tx, account, fact);
  if (isFirst && isNew) await allocatePayment(tx, account, fact);
  await standDown(tx, account, 'payment');
  if (isFirst && isNew) await holdForPartPayment(tx, account, fact);
}

/**
 * The money path (T1.2, T2.6, T2.8, L3): under the account's lock the payment is stored, laid on the bills, takes back every
 * right to stop, holds the case where it is a part, and brings the light back where it clears; the workflow hears of it
 * afterwards. One fact per payment and status; told twice it changes nothing.
 * @throws IntakeRefused `unknown-account` (404), `payment-differs`, `event-differs` (409)
 */
export function recordPayment(intake: Intake, fact: PaymentFact): Promise<{ duplicate: boolean }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(
      tx,
      'accountId' in fact ? { accountId: fact.accountId } : { accountNo: fact.accountNo },
    );
    if (fact.event !== undefined && (await knowEvent(tx, account.companyId, fact.event)))
      return { duplicate: true };
    const known = await store(tx, account, fact);
    if (known === 'duplicate') return { duplicate: true };
    await takeIn(tx, account, fact, known);
    await keepRecord(tx, account, {
      action: `payment.${fact.status}`,
      factId: `${fact.paymentId}/${fact.status}`,
      actor: fact.source,
      occurredAt: fact.occurredAt,
      body: { paymentId: fact.paymentId, amountFen: fact.amountFen, channel: fact.channel },
    });
    if (fact.status === 'posted' && (await isNothingOpen(tx, account))) await endPaidHolds(tx, account);
    await tellCase(tx, account, 'payment', `${fact.paymentId}/${fact.status}`);
    if (fact.status !== 'reversed')
      await reviewStop(tx, account, { factId: fact.paymentId, occurredAt: fact.occurredAt });
    return { duplicate: false };
  });
}
