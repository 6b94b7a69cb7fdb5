import { takePayment } from '../../intake/payments/take-payment.ts';
import { mirrorBilling } from '../../intake/screening/mirror-billing.ts';
import { json } from '../../db/database.ts';
import type { BillingAccountNow } from '../../systems/billing/port.ts';
import { look } from '../case/look.ts';
import type { CaseLook, CaseMoment } from '../contract.ts';
import { act, companyScope, iso, type ActivityDeps } from '../deps.ts';

/** Kind of observation that `readBillingNow` stores. */
export const BILLING_OBSERVATION = 'billing-now';

async function storeObservation(
  deps: ActivityDeps,
  at: Omit<CaseMoment, 'attempt' | 'caseId'> & { caseId?: string },
  now: BillingAccountNow,
) {
  const observationId = crypto.randomUUID();
  await act(deps, at, (tx) =>
    tx.run(
      `insert into observations (observation_id, company_id, centre_id, account_id, case_id, kind, payload, occurred_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        observationId,
        at.companyId,
        at.centreId,
        at.accountId,
        at.caseId ?? null,
        BILLING_OBSERVATION,
        json(now),
        iso(at.nowMs),
      ],
    ),
  );
}

/**
 * Reads what billing knows of one account, runs payments we had not seen through the money path, brings the mirror
 * of bills up to date and stores the observation last, so that no decision rests on a half-taken-in answer (T2.6).
 * @throws SystemUnavailable | SystemRefused
 */
export async function readBillingOf(
  deps: ActivityDeps,
  at: Omit<CaseMoment, 'attempt' | 'caseId'> & { caseId?: string },
): Promise<{ unseenPayments: number }> {
  const account = await act(deps, at, (tx) =>
    tx.row<{ account_no: string }>('select account_no from accounts where account_id = $1', [at.accountId]),
  );
  if (account === undefined) throw new Error(`account ${at.accountId} is not stored`);
  const now = await deps.systems.billing.readAccountNow(account.account_no);
  const intake = { db: deps.db, vault: deps.vault, scope: companyScope(at) };
  let unseenPayments = 0;
  for (const payment of [...now.payments, ...now.inFlight]) {
    const taken = await takePayment(intake, {
      source: 'live-check',
      accountId: at.accountId,
      paymentId: payment.paymentId,
      amountFen: payment.amountFen,
      occurredAt: payment.occurredAt,
      channel: payment.channel,
      status: payment.status,
      billIds: payment.billIds,
    });
    if (taken === 'new') unseenPayments += 1;
  }
  await act(deps, at, (tx) => mirrorBilling(tx, at.accountId, now));
  await storeObservation(deps, at, now);
  return { unseenPayments };
}

export const readBillingNow =
  (deps: ActivityDeps) =>
  async ({ inStage, ...at }: CaseMoment): Promise<CaseLook> => {
    await readBillingOf(deps, at);
    return look(deps)({ ...at, ...(inStage === undefined ? {} : { inStage }) });
  };
