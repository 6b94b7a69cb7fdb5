import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { Tx } from '../database.ts';

/** Money that was laid on a bill and stands, with the day on which the channel took it; whole fen. */
export interface PartPayment {
  billId: string;
  amountFen: number;
  paidOn: CivilDate;
}

/** What was paid of the account's bills that are still open. What billing had counted before the import came without a day. */
export function readPartPayments(tx: Tx, accountId: string): Promise<PartPayment[]> {
  return tx.rows<PartPayment>(
    `select a.bill_id as "billId", a.amount_fen as "amountFen",
            (min(p.occurred_at) at time zone 'Asia/Shanghai')::date as "paidOn"
       from bills b
       join payment_allocations a on a.company_id = b.company_id and a.bill_id = b.bill_id and a.undone_at is null
       join payments p on p.company_id = a.company_id and p.payment_id = a.payment_id
      where b.account_id = $1 and b.paid_fen < b.principal_fen
      group by a.bill_id, a.payment_id, a.amount_fen order by 3, a.payment_id`,
    [accountId],
  );
}
