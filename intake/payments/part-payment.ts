import { readCalendar } from '../../db/calendar/read-calendar.ts';
import { readNamedDebt } from '../../db/cases/read-named-debt.ts';
import type { Tx } from '../../db/database.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { holdUntil } from '../../rules/holds/hold-until.ts';
import { partPaymentHolds } from '../../rules/holds/part-payment-holds.ts';
import type { Policy } from '../../rules/parameters/policy.ts';
import { isNamedDebtCleared } from '../../rules/stop/is-named-debt-cleared.ts';
import type { AccountInHand } from '../take-account.ts';

const holdId = (paymentId: string): string => `hold/part-payment/${paymentId}`;

/** What the case still waits for: the named debt once a stop day was chosen, before that all that is overdue. */
async function openAfter(tx: Tx, account: AccountInHand, caseId: string): Promise<number> {
  const named = await readNamedDebt(tx, caseId);
  const red = await tx.row<{ sum_fen: number | null; paid_fen: number }>(
    `with red as (select sum_fen, recorded_at from notices
                   where case_id = $1 and kind = 'red' and status = 'served' order by attempt desc limit 1)
     select (select sum_fen from red) as sum_fen,
            coalesce((select sum(p.amount_fen) from payments_standing p, red
                       where p.account_id = $2 and p.recorded_at >= red.recorded_at), 0)::bigint as paid_fen`,
    [caseId, account.accountId],
  );
  if (named !== undefined) {
    const isCleared = isNamedDebtCleared({
      openFen: named.openFen,
      printedSumFen: red?.sum_fen ?? null,
      paidSinceFen: red?.paid_fen ?? 0,
    });
    return isCleared ? 0 : named.openFen;
  }
  const overdue = await tx.row<{ open_fen: number }>(
    `select coalesce(sum(principal_fen - paid_fen), 0)::bigint as open_fen from bills
      where account_id = $1 and service = 'electricity' and not disputed and due_on < $2::date`,
    [account.accountId, civilDateAt(account.nowMs)],
  );
  return overdue?.open_fen ?? 0;
}

/** A part of the debt is paid: the procedure yields for three working days (T1.2). */
export async function holdForPartPayment(
  tx: Tx,
  account: AccountInHand,
  payment: { paymentId: string; amountFen: number; occurredAt: string },
): Promise<void> {
  if (account.openCase === null) return;
  const openAfterFen = await openAfter(tx, account, account.openCase.caseId);
  if (!partPaymentHolds({ amountFen: payment.amountFen, openAfterFen, hasOpenCase: true })) return;
  const calendar = await readCalendar(tx, account.companyId);
  const policy = account.openCase.policy as Policy;
  // From now, not from the channel's time: a payment that reached us late still buys its three days.
  const { untilMs } = holdUntil({ kind: 'part-payment', sinceMs: account.nowMs }, policy, calendar);
  await tx.run(
    `insert into holds (hold_id, company_id, centre_id, account_id, kind, until_at, reason, set_by, occurred_at)
     values ($1, $2, $3, $4, 'part-payment', $5, 'part-payment', 'fudian', $6) on conflict (hold_id) do nothing`,
    [
      holdId(payment.paymentId),
      account.companyId,
      account.centreId,
      account.accountId,
      untilMs === null ? null : new Date(untilMs).toISOString(),
      payment.occurredAt,
    ],
  );
}

/** The part was taken back: nothing holds any more on its account. */
export async function releasePartPayment(tx: Tx, account: AccountInHand, paymentId: string): Promise<void> {
  await tx.run(
    `update holds set ended_at = $2, end_reason = 'reversed' where hold_id = $1 and ended_at is null`,
    [holdId(paymentId), new Date(account.nowMs).toISOString()],
  );
}
