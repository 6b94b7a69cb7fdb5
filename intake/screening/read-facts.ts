import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { readPolicy } from '../../db/policies/read-policy.ts';
import type { Tx } from '../../db/database.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { shapedPolicy } from '../../rules/credit/collection-shape.ts';
import type { Grade } from '../../rules/credit/scheme.ts';
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

/** An account that is to be screened. */
export interface ToScreen {
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
  /** Case time. */
  now_at: string;
}

/** What screening reads of one account. */
export interface FactsRow extends ToScreen {
  has_open_case: boolean;
  has_stop: boolean;
  in_flight_fen: number;
  /** Credit grade that holds; B where nobody has judged yet, or an objection is being decided (L5). */
  grade: Grade;
  bills: readonly ScreenBill[];
  holds: { kind: string }[];
  shields: { from: CivilDate; to: CivilDate }[];
}

/** Columns of an account to be screened, of `accounts a` and its `now_at`. */
export const TO_SCREEN = `a.account_id, a.account_no, a.company_id, a.centre_id, a.region, a.customer_class, a.category,
       a.protection, a.prepaid_contract, a.moved_out_on`;

type Bills = ReadonlyMap<string, readonly ScreenBill[]>;

interface BillRow {
  id: string;
  bill: string;
  service: ScreenBill['service'];
  open: number;
  due: CivilDate;
  disputed: boolean;
}

/** The open bills of the accounts, oldest first: by index however many bills there are. */
export async function readOpenBillsOf(tx: Tx, accountIds: readonly string[]): Promise<Bills> {
  const rows = await tx.rows<BillRow>(
    `select account_id as id, bill_id as bill, service, principal_fen - paid_fen as open, due_on as due, disputed
       from bills where account_id = any ($1) and paid_fen < principal_fen order by due_on`,
    [accountIds],
  );
  const bills = new Map<string, ScreenBill[]>();
  for (const { id, bill, service, open, due, disputed } of rows) {
    const ofAccount = bills.get(id) ?? [];
    if (ofAccount.length === 0) bills.set(id, ofAccount);
    ofAccount.push({ billId: bill, service, openFen: open, dueDate: due, disputed });
  }
  return bills;
}

/** What stands against an account beside its bills; most accounts have none of it. */
const MARKS = `
select account_id as id, 'open-case' as mark, '' as kind, null::timestamptz as until, 0::bigint as fen
  from cases where account_id = any ($1) and status = 'open'
union all
select account_id, 'stop', '', null, 0 from stops where account_id = any ($1) and in_force
union all
select account_id, 'grade', grade, null, 0 from credit_standings where account_id = any ($1) and objected_at is null
union all
select account_id, 'hold', kind, until_at, 0 from holds where account_id = any ($1) and ended_at is null
union all
select p.account_id, 'in-flight', '', null, p.amount_fen from payments p
 where p.account_id = any ($1) and p.status = 'in-flight'
   and not exists (select from payments q where q.company_id = p.company_id and q.payment_id = p.payment_id
                      and q.status in ('posted', 'reversed'))`;

interface Mark {
  id: string;
  mark: 'open-case' | 'stop' | 'hold' | 'in-flight' | 'grade';
  kind: string;
  until: string | null;
  fen: number;
}

interface ShieldRow {
  region: string | null;
  customerClass: string | null;
  accountId: string | null;
  from: CivilDate;
  to: CivilDate;
}

/** Orders that forbid a stop, of everybody or of one of the accounts. */
const SHIELDS = `
select region, customer_class as "customerClass", account_id as "accountId", from_on as "from", to_on as "to" from shields
 where lifted_at is null and effect in ('no-stop', 'both') and (account_id is null or account_id = any ($1))`;

const reaches = (shield: ShieldRow, account: ToScreen): boolean =>
  (shield.region ?? account.region) === account.region &&
  (shield.customerClass ?? account.customer_class) === account.customer_class &&
  (shield.accountId ?? account.account_id) === account.account_id;

/** Everything screening asks of the accounts, each table read once for all of them. `bills`: where they are read already. */
export async function readFacts(tx: Tx, accounts: readonly ToScreen[], bills?: Bills): Promise<FactsRow[]> {
  const ids = accounts.map((account) => account.account_id);
  const openBills = bills ?? (await readOpenBillsOf(tx, ids));
  const marks = new Map<string, Mark[]>();
  for (const mark of await tx.rows<Mark>(MARKS, [ids]))
    marks.set(mark.id, [...(marks.get(mark.id) ?? []), mark]);
  const shields = await tx.rows<ShieldRow>(SHIELDS, [ids]);
  return accounts.map((account) => {
    const own = marks.get(account.account_id) ?? [];
    const isRunning = ({ until }: Mark): boolean =>
      until === null || Date.parse(until) > Date.parse(account.now_at);
    return {
      ...account,
      has_open_case: own.some(({ mark }) => mark === 'open-case'),
      has_stop: own.some(({ mark }) => mark === 'stop'),
      in_flight_fen: own.reduce((sum, { mark, fen }) => (mark === 'in-flight' ? sum + fen : sum), 0),
      grade: (own.find(({ mark }) => mark === 'grade')?.kind ?? 'B') as Grade,
      bills: openBills.get(account.account_id) ?? [],
      holds: own.filter((mark) => mark.mark === 'hold' && isRunning(mark)).map(({ kind }) => ({ kind })),
      shields: shields.filter((shield) => reaches(shield, account)).map(({ from, to }) => ({ from, to })),
    };
  });
}

/** Reads policies, each kind of customer, grade and day once; a worse grade is reminded earlier, and that is all (R3). */
export function policyReader(tx: Tx): (row: FactsRow) => Promise<Policy> {
  const known = new Map<string, Policy>();
  return async (row) => {
    const onDate = civilDateAt(Date.parse(row.now_at));
    const key = [row.company_id, row.centre_id, row.customer_class, row.region, row.grade, onDate].join(
      '\u0000',
    );
    const found = known.get(key);
    if (found !== undefined) return found;
    const { centre_id: centreId, customer_class: customerClass, region } = row;
    const base = await readPolicy(tx, row.company_id, { centreId, customerClass, region, onDate });
    const policy = shapedPolicy(base, row.grade, await readCreditPolicy(tx, row.company_id, onDate));
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
