import { readPolicy } from '../../db/policies/read-policy.ts';
import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { ScreenBill, ScreenFacts } from '../../rules/screen/facts.ts';
import { mayEnterCollection } from '../../rules/screen/may-enter-collection.ts';
import type { Reason } from '../../rules/verdict.ts';

/** Whether an account may enter collection today, with everything for and against. */
export interface Screened {
  outcome: 'permitted' | 'refused' | 'undetermined';
  reasons: readonly Reason[];
  missing: readonly Reason[];
  facts: ScreenFacts;
}

interface Row {
  company_id: string;
  centre_id: string;
  region: string;
  customer_class: 'resident' | 'non-resident';
  category: ScreenFacts['category'];
  protection: ScreenFacts['protection'];
  prepaid_contract: boolean;
  moved_out_on: CivilDate | null;
  has_open_case: boolean;
  has_stop: boolean;
  in_flight_fen: number;
  bills: ScreenBill[];
  holds: { kind: string }[];
  shields: { from: CivilDate; to: CivilDate }[];
}

/** One read of everything screening asks; $2 is the account's case time. */
const FACTS = `
select a.company_id, a.centre_id, a.region, a.customer_class, a.category, a.protection, a.prepaid_contract, a.moved_out_on,
       exists (select from cases c where c.account_id = a.account_id and c.status = 'open') as has_open_case,
       exists (select from stops s where s.account_id = a.account_id and s.in_force) as has_stop,
       coalesce((select sum(p.amount_fen) from payments p where p.account_id = a.account_id and p.status = 'in-flight'
                    and not exists (select from payments q where q.company_id = p.company_id and q.payment_id = p.payment_id
                                     and q.status in ('posted', 'reversed'))), 0)::bigint as in_flight_fen,
       (select coalesce(jsonb_agg(jsonb_build_object('billId', b.bill_id, 'service', b.service, 'openFen',
               b.principal_fen - b.paid_fen, 'dueDate', b.due_on, 'disputed', b.disputed) order by b.due_on), '[]')
          from bills b where b.account_id = a.account_id and b.paid_fen < b.principal_fen) as bills,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', h.kind)), '[]') from holds h
         where h.account_id = a.account_id and h.ended_at is null and (h.until_at is null or h.until_at > $2)) as holds,
       (select coalesce(jsonb_agg(jsonb_build_object('from', s.from_on, 'to', s.to_on)), '[]') from shields s
         where s.lifted_at is null and s.effect in ('no-stop', 'both')
           and (s.region is null or s.region = a.region)
           and (s.customer_class is null or s.customer_class = a.customer_class)
           and (s.account_id is null or s.account_id = a.account_id)) as shields
  from accounts a where a.account_id = $1`;

/** Screens one account of the scope (T2.0, L2.30, L10–L12); stores nothing. `nowMs`: the account's case time. @throws Error for an unknown account */
export async function screenAccount(
  tx: Tx,
  _vault: Vault,
  accountId: string,
  nowMs: number,
): Promise<Screened> {
  const row = await tx.row<Row>(FACTS, [accountId, new Date(nowMs).toISOString()]);
  if (row === undefined) throw new Error(`account ${accountId} is not stored`);
  const today = civilDateAt(nowMs);
  const facts: ScreenFacts = {
    today,
    category: row.category,
    bills: row.bills,
    protection: row.protection,
    prepaidContract: row.prepaid_contract,
    movedOutOn: row.moved_out_on,
    hasOpenCase: row.has_open_case,
    hasStopInForce: row.has_stop,
    holds: row.holds,
    shields: row.shields,
    inFlightFen: row.in_flight_fen,
  };
  const policy = await readPolicy(tx, row.company_id, {
    centreId: row.centre_id,
    customerClass: row.customer_class,
    region: row.region,
    onDate: today,
  });
  const verdict = mayEnterCollection(facts, policy);
  if (verdict.outcome === 'permitted') return { outcome: 'permitted', reasons: [], missing: [], facts };
  const missing = verdict.outcome === 'undetermined' ? verdict.missing : [];
  return { outcome: verdict.outcome, reasons: verdict.reasons, missing, facts };
}
