import { json, type Tx } from '../../db/database.ts';
import type { BillingAccountNow } from '../../systems/billing/port.ts';

/**
 * What our own books know of money on a bill: allocations that stand, and of these the ones that billing cannot have
 * counted yet because the money is still in flight.
 */
const LAID = `
laid as (
  select a.bill_id, sum(a.amount_fen)::bigint as all_fen,
         coalesce(sum(a.amount_fen) filter (where not exists (
           select from payments p where p.company_id = a.company_id and p.payment_id = a.payment_id
              and p.status = 'posted')), 0)::bigint as in_flight_fen
    from payment_allocations a join bills b on b.company_id = a.company_id and b.bill_id = a.bill_id
   where b.account_id = $1 and a.undone_at is null group by a.bill_id)`;

/**
 * Brings the mirror of an account's bills up to what billing has just answered, under the account's lock. A bill counts as
 * paid as far as billing says, plus what is in flight, and never less than the money we have laid on it ourselves: of two
 * books that disagree, the one in the customer's favour is believed until they agree. A bill that billing no longer lists
 * (written off, cancelled) is nobody's debt any more.
 */
export async function mirrorBilling(tx: Tx, accountId: string, now: BillingAccountNow): Promise<void> {
  await tx.row('select 1 from accounts where account_id = $1 for no key update', [accountId]);
  await tx.run(
    `with ${LAID}, answer as (
       select * from jsonb_to_recordset($2::jsonb) as x ("billId" text, service text, period text, "principalFen" bigint,
         "paidFen" bigint, "issuedDate" date, "dueDate" date, disputed boolean))
     insert into bills as old (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on,
                               due_on, disputed)
     select acc.company_id, acc.centre_id, x."billId", acc.account_id, x.service, x.period, x."principalFen",
            least(x."principalFen", greatest(x."paidFen" + coalesce(l.in_flight_fen, 0), coalesce(l.all_fen, 0))),
            x."issuedDate", x."dueDate", x.disputed
       from answer x join accounts acc on acc.account_id = $1 left join laid l on l.bill_id = x."billId"
     on conflict (company_id, bill_id) do update
        set principal_fen = excluded.principal_fen, paid_fen = excluded.paid_fen, due_on = excluded.due_on,
            disputed = excluded.disputed, service = excluded.service, recorded_at = clock_timestamp()
      where old.account_id = excluded.account_id
        and (old.principal_fen, old.paid_fen, old.due_on, old.disputed, old.service)
            is distinct from (excluded.principal_fen, excluded.paid_fen, excluded.due_on, excluded.disputed, excluded.service)`,
    [accountId, json(now.bills)],
  );
  await tx.run(
    `update bills set paid_fen = principal_fen, recorded_at = clock_timestamp()
      where account_id = $1 and paid_fen < principal_fen and not bill_id = any ($2)`,
    [accountId, now.bills.map((bill) => bill.billId)],
  );
}
