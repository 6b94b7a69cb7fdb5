import { json } from '../../db/database.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { holdForClaim } from '../service/claims-paid.ts';
import { takeAccount } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { recordPayment, type PaymentFact } from './record-payment.ts';

/** What became of a payment among many: `differs` is told to people, and must not keep the others waiting. */
export type Taken = 'new' | 'known' | 'unknown-account' | 'differs';

/** Billing now says something else of a payment than before: nothing is stopped until a person has looked (T1.2). */
async function doubt(intake: Intake, fact: PaymentFact): Promise<void> {
  await intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(
      tx,
      'accountId' in fact ? { accountId: fact.accountId } : { accountNo: fact.accountNo },
    );
    const { companyId, centreId, accountId, nowMs } = account;
    const factId = `payment-differs/${fact.paymentId}/${fact.status}/${accountId}/${fact.amountFen}`;
    const occurredAt = new Date(nowMs).toISOString();
    const { paymentId, amountFen, status, source } = fact;
    const isNew = await tx.run(
      `insert into observations (observation_id, company_id, centre_id, account_id, case_id, kind, payload, occurred_at)
       values ($1, $2, $3, $4, null, 'payment-differs', $5, $6) on conflict do nothing`,
      [factId, companyId, centreId, accountId, json({ paymentId, amountFen, status, source }), occurredAt],
    );
    if (isNew === 0) return;
    await holdForClaim(tx, account, factId, source);
    await keepRecord(tx, account, {
      action: 'payment.differs',
      factId,
      actor: source,
      occurredAt,
      body: { paymentId, amountFen, status },
    });
    await tellCase(tx, account, 'payment', factId);
  });
}

/**
 * Takes one of many payments through the money path. Money of customers who were never imported is none of ours; a payment that
 * contradicts what is stored becomes a doubt in the customer's favour, so that one bad line never hides the payments after it.
 */
export async function takePayment(intake: Intake, fact: PaymentFact): Promise<Taken> {
  try {
    const { duplicate } = await recordPayment(intake, fact);
    return duplicate ? 'known' : 'new';
  } catch (error) {
    if (!(error instanceof IntakeRefused)) throw error;
    if (error.code === 'unknown-account') return 'unknown-account';
    if (error.code !== 'payment-differs') throw error;
    await doubt(intake, fact);
    return 'differs';
  }
}
