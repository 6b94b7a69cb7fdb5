import { readPolicy } from '../../db/policies/read-policy.ts';
import type { Tx } from '../../db/database.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { Policy } from '../../rules/parameters/policy.ts';
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

/** What screening reads of one account. */
export interface FactsRow {
  account_id: string;
  account_no: string;
  company_id: string;
  centre_id: string;
  region: string;
  customer_class: 'resident' | 'non-resident';
  category: ScreenFacts['category'];
  protection: ScreenFacts['protection'];
  prepaid_contract: boolean;
  moved_out_on: CivilDate | null;
  now_at: string;
  has_open_case: boolean;
  has_stop: boolean;
  in_flight_fen: number;
  bills: ScreenBill[];
  holds: { kind: string }[];
  shields: { from: CivilDate; to: CivilDate }[];
}

/** Everything screening asks of the accounts in `page` (accounts with `now_at`, their case time), in one read. */
export const FACTS_OF_PAGE = `
select a.account_id, a.account_no, a.company_id, a.centre_id, a.region, a.customer_class, a.category, a.protection,
       a.prepaid_contract, a.moved_out_on, a.now_at,
       exists (select from cases c where c.account_id = a.account_id and c.status = 'open') as has_open_case,
       exists (select from stops s where s.account_id = a.account_id and s.in_force) as has_stop,
       coalesce((select sum(p.amount_fen) from payments p where p.account_id = a.account_id and p.status = 'in-flight'
                    and not exists (select from payments q where q.company_id = p.company_id and q.payment_id = p.payment_id
                                     and q.status in ('posted', 'reversed'))), 0)::bigint as in_flight_fen,
       (select coalesce(json_agg(json_build_object('billId', b.bill_id, 'service', b.service, 'openFen',
               b.principal_fen - b.paid_fen, 'dueDate', b.due_on, 'disputed', b.disputed) order by b.due_on), '[]')
          from bills b where b.account_id = a.account_id and b.paid_fen < b.principal_fen) as bills,
       (select coalesce(json_agg(json_build_object('kind', h.kind)), '[]') from holds h
         where h.account_id = a.account_id and h.ended_at is null and (h.until_at is null or h.until_at > a.now_at)) as holds,
       (select coalesce(json_agg(json_build_object('from', s.from_on, 'to', s.to_on)), '[]') from shields s
         where s.lifted_at is null and s.effect in ('no-stop', 'both')
           and (s.region is null or s.region = a.region)
           and (s.customer_class is null or s.customer_class = a.customer_class)
           and (s.account_id is null or s.account_id = a.account_id)) as shields
  from page a order by a.account_no`;

/** Reads policies, each kind of customer and day once. */
export function policyReader(tx: Tx): (row: FactsRow) => Promise<Policy> {
  const known = new Map<string, Policy>();
  return async (row) => {
    const onDate = civilDateAt(Date.parse(row.now_at));
    const key = JSON.stringify([row.company_id, row.centre_id, row.customer_class, row.region, onDate]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const { centre_id: centreId, customer_class: customerClass, region } = row;
    const policy = await readPolicy(tx, row.company_id, { centreId, customerClass, region, onDate });
    known.set(key, policy);
    return policy;
  };
}

/** Judges what was read (T2.0, L2.30, L10–L12). */
export function judge(row: FactsRow, policy: Policy): Screened {
  const facts: ScreenFacts = {
    today: civilDateAt(Date.parse(row.now_at)),
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
  const verdict = mayEnterCollection(facts, policy);
  if (verdict.outcome === 'permitted') return { outcome: 'permitted', reasons: [], missing: [], facts };
  const missing = verdict.outcome === 'undetermined' ? verdict.missing : [];
  return { outcome: verdict.outcome, reasons: verdict.reasons, missing, facts };
}
