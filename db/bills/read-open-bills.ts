import type { Tx } from '../database.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';

/** One bill of the mirror with money still open; whole fen. */
export interface OpenBill {
  billId: string;
  service: 'electricity' | 'water' | 'other';
  /** Billing month, YYYY-MM. */
  period: string;
  openFen: number;
  dueDate: CivilDate;
  disputed: boolean;
}

/** Every bill of the account that is not fully paid, oldest first. */
export function readOpenBills(tx: Tx, accountId: string): Promise<OpenBill[]> {
  return tx.rows<OpenBill>(
    `select bill_id as "billId", service, period, principal_fen - paid_fen as "openFen", due_on as "dueDate", disputed
       from bills where account_id = $1 and paid_fen < principal_fen order by due_on, bill_id`,
    [accountId],
  );
}
