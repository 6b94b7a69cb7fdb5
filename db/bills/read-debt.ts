import type { Tx } from '../database.ts';
import { readOpenBills, type OpenBill } from './read-open-bills.ts';
import { readPartPayments } from './read-part-payments.ts';
import { compareDates, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { lateFeeRate } from '../../rules/late-fee/late-fee-rate.ts';
import { lateFeeFen } from '../../rules/late-fee/late-fee.ts';
import { lawAt } from '../../rules/parameters/law.ts';
import type { Policy } from '../../rules/parameters/policy.ts';

/** A bill with the late fee that has accrued on it; whole fen. */
export interface BillWithFee extends OpenBill {
  lateFeeFen: number;
}

/** What of an account and its policy decides the late fee. */
export interface FeeTerms {
  customerClass: 'resident' | 'non-resident';
  /** Contract ratio, per mille a day; null = the ordinary ones (L4). */
  lateFeePermille: number | null;
  policy: Pick<Policy, 'minimumLateFeeFen'>;
}

export interface Debt {
  bills: BillWithFee[];
  principalFen: number;
  lateFeeFen: number;
  sumFen: number;
}

/** Days on which no late fee accrues for this account: shields of class, region or account (L10), and disputes (L4). */
function readSuspensions(
  tx: Tx,
  accountId: string,
  onDate: CivilDate,
): Promise<{ from: CivilDate; to: CivilDate }[]> {
  return tx.rows(
    `select s.from_on as "from", s.to_on as "to" from shields s, accounts a
      where a.account_id = $1 and s.effect in ('no-late-fee', 'both') and s.lifted_at is null
        and (s.region is null or s.region = a.region) and (s.customer_class is null or s.customer_class = a.customer_class)
        and (s.account_id is null or s.account_id = a.account_id)
     union all
     select (occurred_at at time zone 'Asia/Shanghai')::date,
            coalesce((ended_at at time zone 'Asia/Shanghai')::date, greatest($2::date, (occurred_at at time zone 'Asia/Shanghai')::date))
       from holds where account_id = $1 and kind = 'dispute'`,
    [accountId, onDate],
  );
}

/**
 * What of the electricity of this account is overdue on a day, with late fee to that day, and to its own day for what was paid late
 * in parts (L4); disputed bills and other
 * services are no debt of the procedure. `only` narrows it to the bills of a named debt.
 */
export async function readDebt(
  tx: Tx,
  accountId: string,
  terms: FeeTerms,
  onDate: CivilDate,
  only?: ReadonlySet<string>,
): Promise<Debt> {
  const suspended = await readSuspensions(tx, accountId, onDate);
  const paidParts = await readPartPayments(tx, accountId);
  const permille = lateFeeRate(
    { customerClass: terms.customerClass, contractPermille: terms.lateFeePermille },
    lawAt(onDate),
  );
  const bills = (await readOpenBills(tx, accountId))
    .filter(
      (bill) => bill.service === 'electricity' && !bill.disputed && compareDates(bill.dueDate, onDate) < 0,
    )
    .filter((bill) => only === undefined || only.has(bill.billId))
    .map((bill) => ({
      ...bill,
      lateFeeFen: lateFeeFen({
        openFen: bill.openFen,
        paidParts: paidParts.filter((part) => part.billId === bill.billId),
        dueDate: bill.dueDate,
        paidOn: onDate,
        permille,
        suspended,
        minimumFen: terms.policy.minimumLateFeeFen,
      }),
    }));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const principalFen = sum(bills.map((bill) => bill.openFen));
  const fee = sum(bills.map((bill) => bill.lateFeeFen));
  return { bills, principalFen, lateFeeFen: fee, sumFen: principalFen + fee };
}
