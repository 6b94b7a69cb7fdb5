import type { Tx } from '../../db/database.ts';
import type { AccountInHand } from '../take-account.ts';

/** Bills that the money goes to, in order: those for which supply is to be, or was, stopped; those the payer named; the oldest. */
const OPEN_BILLS = `
with named as (
  select bill ->> 'billId' as bill_id from stops s, jsonb_array_elements(s.named_bills) bill
   where s.account_id = $1 and s.in_force
  union
  select bill ->> 'billId' from stop_plans p join cases c using (case_id), jsonb_array_elements(p.named_bills) bill
   where c.account_id = $1 and c.status = 'open'
     and p.attempt = (select max(attempt) from stop_plans q where q.case_id = p.case_id and q.status <> 'withdrawn'))
select b.bill_id, b.centre_id, b.principal_fen - b.paid_fen as open_fen
  from bills b left join named n on n.bill_id = b.bill_id
 where b.account_id = $1 and b.service = 'electricity' and b.paid_fen < b.principal_fen
 order by n.bill_id is null, not b.bill_id = any ($2), b.due_on, b.bill_id`;

const LAY = `
with laid as (
  insert into payment_allocations (company_id, centre_id, payment_id, bill_id, amount_fen) values ($1, $2, $3, $4, $5)
  returning company_id, bill_id, amount_fen)
update bills b set paid_fen = b.paid_fen + laid.amount_fen
  from laid where b.company_id = laid.company_id and b.bill_id = laid.bill_id`;

/**
 * Lays a payment on the mirror of bills: first toward the named principal, then as the payer said, then the oldest. What is
 * left over stays with billing. Once per payment.
 */
export async function allocatePayment(
  tx: Tx,
  account: AccountInHand,
  payment: { paymentId: string; amountFen: number; billIds: readonly string[] },
): Promise<void> {
  const bills = await tx.rows<{ bill_id: string; open_fen: number }>(OPEN_BILLS, [
    account.accountId,
    payment.billIds,
  ]);
  let leftFen = payment.amountFen;
  for (const bill of bills) {
    const partFen = Math.min(leftFen, bill.open_fen);
    if (partFen <= 0) break;
    await tx.run(LAY, [account.companyId, account.centreId, payment.paymentId, bill.bill_id, partFen]);
    leftFen -= partFen;
  }
}

/** Takes a reversed payment's money back from the bills it was laid on. */
export async function takeBack(tx: Tx, companyId: string, paymentId: string): Promise<void> {
  await tx.run(
    `with undone as (
       update payment_allocations set undone_at = clock_timestamp()
        where company_id = $1 and payment_id = $2 and undone_at is null returning bill_id, amount_fen)
     update bills b set paid_fen = greatest(0, b.paid_fen - undone.amount_fen)
       from undone where b.company_id = $1 and b.bill_id = undone.bill_id`,
    [companyId, paymentId],
  );
}
