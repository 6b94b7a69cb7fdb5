import type { BillingAccountNow, BillingBill, BillingPayment } from '../../systems/billing/port.ts';
import type { Books, Statements } from '../books/books.ts';
import type { SimClock } from '../books/clock.ts';
import { HttpProblem } from '../http/problem.ts';
import type { DistrictAccount } from './account.ts';

/** Bill rows with what is paid on them now; `$1` restricts to accounts, null for all. */
export const billSelect = `
  select b.bill_id, b.account_no, b.service, b.period, b.principal_fen, b.issued_on, b.due_on, b.disputed,
         b.opening_paid_fen + coalesce((
           select sum(a.amount_fen) from allocation a join payment p using (payment_id)
           where a.bill_id = b.bill_id and p.status = 'posted'
         ), 0)::bigint as paid_fen
    from bill b`;

export interface BillRow {
  bill_id: string;
  account_no: string;
  service: BillingBill['service'];
  period: string;
  principal_fen: number;
  paid_fen: number;
  issued_on: string;
  due_on: string;
  disputed: boolean;
}

export interface PaymentRow {
  payment_id: string;
  account_no: string;
  amount_fen: number;
  occurred_at: string;
  channel: string;
  status: BillingPayment['status'];
  bill_ids: string[];
}

/** Adds accounts and bills or replaces what is known of them; a bill that is not named stays as it is. */
export async function upsertAccounts(books: Books, accounts: readonly DistrictAccount[]): Promise<void> {
  const facts = accounts.map(({ bills: _bills, ...rest }) => rest);
  const bills = accounts.flatMap((account) =>
    account.bills.map((bill) => ({ ...bill, accountNo: account.accountNo })),
  );
  await books.transaction(async (tx) => {
    await tx.rows(
      `insert into account (account_no, facts)
       select fact ->> 'accountNo', fact from jsonb_array_elements($1::jsonb) as fact
       on conflict (account_no) do update set facts = excluded.facts`,
      [JSON.stringify(facts)],
    );
    await tx.rows(
      `insert into bill (bill_id, account_no, service, period, principal_fen, opening_paid_fen, issued_on, due_on, disputed)
       select "billId", "accountNo", service, period, "principalFen", "paidFen", "issuedDate", "dueDate", disputed
         from jsonb_to_recordset($1::jsonb) as given ("billId" text, "accountNo" text, service text, period text,
              "principalFen" bigint, "paidFen" bigint, "issuedDate" date, "dueDate" date, disputed boolean)
       on conflict (bill_id) do update set account_no = excluded.account_no, service = excluded.service,
         period = excluded.period, principal_fen = excluded.principal_fen,
         opening_paid_fen = excluded.opening_paid_fen, issued_on = excluded.issued_on,
         due_on = excluded.due_on, disputed = excluded.disputed`,
      [JSON.stringify(bills)],
    );
  });
}

/** What billing knows of one account now, in one consistent look. @throws HttpProblem 404 `unknown-account` */
export async function readAccountNow(
  books: Books,
  clock: SimClock,
  accountNo: string,
): Promise<BillingAccountNow> {
  return books.transaction(async (tx) => {
    await tx.rows('set transaction isolation level repeatable read');
    await requireAccount(tx, accountNo);
    const bills = await tx.rows<BillRow>(
      `${billSelect} where b.account_no = $1 order by b.due_on, b.bill_id`,
      [accountNo],
    );
    const payments = await tx.rows<PaymentRow>(
      'select * from payment where account_no = $1 order by occurred_at, payment_id',
      [accountNo],
    );
    const all = payments.map(paymentOf);
    return {
      accountNo,
      asOf: clock.nowIso(),
      bills: bills.map(billOf),
      payments: all.filter((payment) => payment.status !== 'in-flight'),
      inFlight: all.filter((payment) => payment.status === 'in-flight'),
    };
  });
}

/** @throws HttpProblem 404 `unknown-account` */
export async function requireAccount(tx: Statements, accountNo: string): Promise<void> {
  const found = await tx.rows('select 1 from account where account_no = $1', [accountNo]);
  if (found.length === 0) throw new HttpProblem(404, 'unknown-account', `There is no account ${accountNo}.`);
}

/** A bill as the billing port gives it. */
export function billOf(row: BillRow): BillingBill {
  return {
    billId: row.bill_id,
    service: row.service,
    period: row.period,
    principalFen: row.principal_fen,
    paidFen: row.paid_fen,
    issuedDate: row.issued_on,
    dueDate: row.due_on,
    disputed: row.disputed,
  };
}

/** A payment as the billing port gives it. */
export function paymentOf(row: PaymentRow): BillingPayment {
  return {
    paymentId: row.payment_id,
    accountNo: row.account_no,
    amountFen: row.amount_fen,
    occurredAt: row.occurred_at,
    channel: row.channel,
    status: row.status,
    billIds: row.bill_ids,
  };
}

/** Marks one bill, or every bill of an account, as disputed or not. @throws HttpProblem 404 `unknown-bill` */
export async function setDisputed(
  books: Statements,
  which: { billId: string } | { accountNo: string },
  disputed: boolean,
): Promise<void> {
  const [column, value] = 'billId' in which ? ['bill_id', which.billId] : ['account_no', which.accountNo];
  const found = await books.rows(`update bill set disputed = $2 where ${column} = $1 returning 1`, [
    value,
    disputed,
  ]);
  if (found.length === 0) throw new HttpProblem(404, 'unknown-bill', `There is no bill of ${value}.`);
}
