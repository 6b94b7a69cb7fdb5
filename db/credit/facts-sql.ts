import type { GradePolicy } from '../../rules/credit/policy.ts';

/** What is looked at: the books as they are, or as they were known at `$3`. */
export type Knowledge = 'now' | 'then';

const BILL = (table: string): string =>
  [
    'bill_id',
    'service',
    'principal_fen',
    'paid_fen',
    'issued_on',
    'due_on',
    'disputed',
    'settled_on',
    'recorded_at',
  ]
    .map((column) => `${table}.${column}`)
    .join(', ');

/** Own bills by their range of the index, those of merged accounts one by one. */
const nowBills = (reach: Reach): string => `
  select b.account_id as subject, ${BILL('b')} from bills b where ${within(reach, 'b.account_id')}
  union all
  select m.subject, ${BILL('b')} from merged m join bills b on b.account_id = m.member`;

/** The mirror as it stood at $3: of each bill that was known then, the version that was in force. */
const THEN_BILLS = `
  select distinct on (x.bill_id) x.subject, ${BILL('x')}
    from (select m.subject, ${BILL('b')}, 'infinity'::timestamptz as until
            from members m join bills b on b.account_id = m.member
           where coalesce((select min(v.recorded_at) from bill_versions v
                            where v.account_id = b.account_id and v.bill_id = b.bill_id), b.recorded_at) <= $3
          union all
          select m.subject, ${BILL('v')}, v.superseded_at
            from members m join bill_versions v on v.account_id = m.member
           where v.superseded_at > $3
             and (select min(w.recorded_at) from bill_versions w
                   where w.account_id = v.account_id and w.bill_id = v.bill_id) <= $3) x
   order by x.bill_id, x.until`;

/** Whether a stretch of accounts is looked at, or the one that `$4` names (then `$2` is empty). */
export type Reach = 'stretch' | 'one';

const within = (reach: Reach, column: string): string =>
  reach === 'one' ? `(${column} = $4 and $2 = '')` : `(${column} > $2 and ${column} <= $4)`;

/** Whole numbers only: the policy is checked, and this is said once more where it becomes SQL. */
export function whole(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a whole number: ${value}`);
  return String(value);
}

/** Whether a record fell: what was wrong never counted, what was repaired counts until the day on which it was ($1 as of, $3 known at; K7). */
export const annulled = (record: string): string => `exists (
       select from credit_annulments n where n.record_id = ${record}.record_id and n.recorded_at <= $3
          and (n.cause <> 'repaired' or (n.recorded_at at time zone 'Asia/Shanghai')::date <= $1::date))`;

/**
 * The facts of rules/credit/facts-of.ts for a stretch of accounts, in one pass; test/credit/grade-sql.test.ts holds the two equal.
 * $1 as of (date), $2 after (account id), $3 known at, $4 up to (account id, included). A CTE list that ends with `facts`.
 */
export const factsSql = (policy: GradePolicy, knowledge: Knowledge, reach: Reach): string => `
recursive subjects as (
  select a.account_id, a.company_id, a.centre_id, a.category, a.capacity_kva, a.recorded_at
    from accounts a
   where ${within(reach, 'a.account_id')}
     and not exists (select from account_merges g
                      where g.from_account = a.account_id and g.merged_on <= $1::date and g.recorded_at <= $3)),
merged as (
  select g.into_account as subject, g.from_account as member from account_merges g
   where ${within(reach, 'g.into_account')} and g.merged_on <= $1::date and g.recorded_at <= $3
  union
  select m.subject, g.from_account from merged m join account_merges g on g.into_account = m.member
   where g.merged_on <= $1::date and g.recorded_at <= $3),
members as (
  select account_id as subject, account_id as member from subjects union all select subject, member from merged),
tenures as (
  select distinct on (account_id) account_id, from_on from credit_tenures
   where ${within(reach, 'account_id')} and from_on <= $1::date and recorded_at <= $3
   order by account_id, from_on desc, recorded_at desc),
-- A bill is disputed while a person decides on it, and after they have upheld that until billing has said it anew (L5).
disputes as (
  select h.subject,
         max((h.occurred_at at time zone 'Asia/Shanghai')::date) filter (where h.ended_at is null or h.ended_at > $3
           or h.ended_at >= ($1::date + 1)::timestamp at time zone 'Asia/Shanghai') as open_on,
         max(h.ended_at) filter (where h.end_reason = 'dispute-upheld' and h.ended_at <= $3) as upheld_at
    from (select h.*, h.account_id as subject from holds h where ${within(reach, 'h.account_id')}
          union all
          select h.*, m.subject from merged m join holds h on h.account_id = m.member) h
   where h.kind = 'dispute' and h.recorded_at <= $3
     and h.occurred_at < ($1::date + 1)::timestamp at time zone 'Asia/Shanghai'
   group by h.subject),
seen as (${knowledge === 'now' ? nowBills(reach) : THEN_BILLS}),
billed as (
  select b.subject,
         coalesce(max($1::date - b.due_on) filter (where b.counts and b.due_on < $1::date and b.open), 0) as oldest_days,
         coalesce(sum(case when b.paid_fen < b.principal_fen then b.principal_fen - b.paid_fen else b.principal_fen end)
                  filter (where b.counts and b.due_on < $1::date and b.open), 0)::bigint as owed_fen,
         count(*) filter (where b.counts and b.in_year and b.late) as late_bills,
         count(*) filter (where b.counts and b.in_year) as bills,
         min(b.issued_on) as first_issued
    from (select s.*, s.paid_fen < s.principal_fen or s.settled_on > $1::date as open,
                 s.principal_fen > 0 and not s.disputed and not coalesce(
                   (s.paid_fen < s.principal_fen or s.settled_on > $1::date)
                     and (s.issued_on <= p.open_on or s.recorded_at <= p.upheld_at), false) as counts,
                 s.due_on >= (($1::date + 1) - interval '${whole(policy.yearMonths)} months')::date and s.due_on <= $1::date as in_year,
                 s.due_on + ${whole(policy.settledGraceDays)} < $1::date
                   and (s.paid_fen < s.principal_fen or s.settled_on > s.due_on + ${whole(policy.settledGraceDays)}) as late
            from seen s left join tenures t on t.account_id = s.subject left join disputes p on p.subject = s.subject
           where s.service = 'electricity' and (t.from_on is null or s.due_on >= t.from_on)) b
   group by b.subject),
offences as (
  select r.subject, max(r.occurred_on) as offence_on
    from (select r.*, r.account_id as subject from credit_records r where ${within(reach, 'r.account_id')}
          union all
          select r.*, m.subject from merged m join credit_records r on r.account_id = m.member) r
         left join tenures t on t.account_id = r.subject
   where (t.from_on is null or r.occurred_on >= t.from_on) and r.kind in ('theft', 'violation') and r.confirmed and r.occurred_on <= $1::date and r.recorded_at <= $3
     and (r.occurred_on + interval '${whole(policy.offenceYears * 12)} months')::date > $1::date
     and not ${annulled('r')}
     and not exists (select from credit_records later where later.replaces = r.record_id and later.recorded_at <= $3)
   group by r.subject),
-- An agreement that held at the end of the day (Shanghai).
deferrals as (
  select distinct h.account_id from holds h
   where h.kind in ('deferral', 'plan', 'guarantee') and h.recorded_at <= $3
     and ${within(reach, 'h.account_id')}
     and h.occurred_at < ($1::date + 1)::timestamp at time zone 'Asia/Shanghai'
     and (h.ended_at is null or h.ended_at >= ($1::date + 1)::timestamp at time zone 'Asia/Shanghai' or h.ended_at > $3)
     and (h.until_at is null or h.until_at >= ($1::date + 1)::timestamp at time zone 'Asia/Shanghai')),
facts as (
  select s.account_id, s.company_id, s.centre_id, s.category, s.capacity_kva,
         coalesce(b.oldest_days, 0) as oldest_days, coalesce(b.owed_fen, 0) as owed_fen,
         coalesce(b.late_bills, 0)::integer as late_bills, coalesce(b.bills, 0)::integer as bills,
         o.offence_on, coalesce(t.from_on, b.first_issued) as customer_since, d.account_id is not null as deferred
    from subjects s
         left join billed b on b.subject = s.account_id
         left join offences o on o.subject = s.account_id
         left join deferrals d on d.account_id = s.account_id
         left join tenures t on t.account_id = s.account_id)`;
