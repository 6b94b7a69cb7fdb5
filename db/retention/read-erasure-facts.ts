import type { Tx } from '../database.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';

/** Counts and days of one account, for the question whether it may be erased. */
export interface ErasureRow {
  movedOutOn: CivilDate | null;
  erasedAt: string | null;
  openBills: number;
  openCases: number;
  stopsInForce: number;
  openMatters: number;
  lastActOn: CivilDate | null;
}

const day = (column: string): string => `max((${column} at time zone 'Asia/Shanghai')::date)`;

const FACTS = `
select a.moved_out_on as "movedOutOn", a.erased_at as "erasedAt",
       (select count(*) from bills b where b.account_id = $1 and b.paid_fen < b.principal_fen)::int as "openBills",
       (select count(*) from cases c where c.account_id = $1 and c.status = 'open')::int as "openCases",
       (select count(*) from stops s where s.account_id = $1 and s.in_force)::int as "stopsInForce",
       ((select count(*) from holds h where h.account_id = $1 and h.ended_at is null and h.kind <> 'moved-out')
        + (select count(*) from incidents i join stops s using (stop_id) where s.account_id = $1 and i.closed_at is null)
        + (select count(*) from restorations r where r.account_id = $1 and r.restored_at is null)
        + (select count(*) from credit_objections o where o.account_id = $1 and o.decided_at is null)
        + (select count(*) from credit_repairs r where r.account_id = $1 and r.decided_at is null))::int as "openMatters",
       greatest(
         a.moved_out_on,
         (select ${day('occurred_at')} from notices where account_id = $1),
         (select ${day('occurred_at')} from messages where account_id = $1),
         (select ${day('occurred_at')} from payments where account_id = $1),
         (select ${day('occurred_at')} from decisions where account_id = $1),
         (select ${day('coalesce(restored_at, occurred_at)')} from stops where account_id = $1),
         (select ${day('coalesce(closed_at, opened_at)')} from cases where account_id = $1),
         (select ${day('coalesce(ended_at, occurred_at)')} from holds where account_id = $1),
         (select max(due_on) from bills where account_id = $1)) as "lastActOn"
  from accounts a where a.account_id = $1`;

/** What the books say; undefined where there is no such account in sight. */
export const readErasureFacts = (tx: Tx, accountId: string): Promise<ErasureRow | undefined> =>
  tx.row<ErasureRow>(FACTS, [accountId]);

/** Accounts whose people have left, a page in order of id. */
export const leftAccounts = (
  tx: Tx,
  of: { companyId: string; until: CivilDate; after: string; limit: number },
): Promise<{ accountId: string; accountNo: string }[]> =>
  tx.rows(
    `select account_id as "accountId", account_no as "accountNo" from accounts
      where company_id = $1 and moved_out_on <= $2 and erased_at is null and account_id > $3 order by account_id limit $4`,
    [of.companyId, of.until, of.after, of.limit],
  );

/** Proof files that this account names and nobody else does. */
export async function ownProofs(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx.rows<{ sha256: string }>(
    `with named as (
       select n.account_id, unnest(s.proof_sha256) as sha256 from services s join notices n using (notice_id)
       union all select account_id, jsonb_array_elements_text(proof -> 'proofs') from stops where jsonb_typeof(proof -> 'proofs') = 'array'
       union all select account_id, jsonb_array_elements_text(proof -> 'proofs') from restorations where jsonb_typeof(proof -> 'proofs') = 'array')
     select distinct sha256 from named mine where account_id = $1
        and not exists (select from named other where other.sha256 = mine.sha256 and other.account_id <> $1)
      order by 1`,
    [accountId],
  );
  return rows.map(({ sha256 }) => sha256);
}
