import type { Tx } from '../database.ts';

/** The bills for which supply is to be stopped, or was (L2.30). */
export interface NamedDebt {
  billIds: string[];
  /** What of them is still open in the mirror, whole fen. */
  openFen: number;
}

/** Named debt of a case's newest plan that was not withdrawn; undefined before any stop day was chosen. */
export async function readNamedDebt(tx: Tx, caseId: string): Promise<NamedDebt | undefined> {
  return tx.row<NamedDebt>(
    `with plan as (
       select company_id, named_bills from stop_plans
        where case_id = $1 and status <> 'withdrawn' order by attempt desc limit 1),
     named as (select company_id, bill ->> 'billId' as bill_id from plan, jsonb_array_elements(named_bills) bill)
     select array_agg(n.bill_id) as "billIds", coalesce(sum(b.principal_fen - b.paid_fen), 0)::bigint as "openFen"
       from named n left join bills b using (company_id, bill_id) having count(*) > 0`,
    [caseId],
  );
}
