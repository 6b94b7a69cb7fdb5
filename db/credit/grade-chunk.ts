import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { addDays, monthStart } from '../../rules/calendar/civil-date.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import type { Tx } from '../database.ts';
import { closeDowngrades, GONE, type GoneDowngrade } from './close-downgrades.ts';
import { whole, type Knowledge, type Reach } from './facts-sql.ts';
import { putLighter, type Lighter } from './put-lighter.ts';
import { ITS_TASK } from './put-measures.ts';
import { colourPlace, wordedSql } from './grade-sql.ts';

/** A stretch of accounts, and how it is judged. */
export interface Chunk {
  asOf: CivilDate;
  /** ISO; facts recorded later are not looked at. */
  knownAt: string;
  knowledge: Knowledge;
  reach: Reach;
  /** Account ids: behind `after`, up to `until`. */
  after: string;
  until: string;
  policy: CreditPolicy;
  cause: 'monthly' | 'major-change' | 'objection' | 'repair' | 'recount';
  runId: string | null;
  /** ISO, for what is put in the queue. */
  occurredAt: string;
}

export interface ChunkCounts {
  accounts: number;
  /** Lines that differ from what was known of the month. */
  written: number;
  movedUp: number;
  movedDown: number;
  /** Harmful moves that wait for a person (L7). */
  queued: number;
}

const judge = (chunk: Chunk): string => `
create temp table judged on commit drop as
with ${wordedSql(chunk.policy, chunk.knowledge, chunk.reach)}
select w.*, coalesce(last.n, 0) as last_n,
       last.n is null or (last.as_of, last.grade, last.code, last.colour, last.colour_code, last.oldest_days, last.owed_fen,
         last.late_bills, last.bills, last.offence_on, last.customer_since, last.deferred, last.policy_version)
         is distinct from ($1::date, w.grade, w.code, w.colour, w.colour_code, w.oldest_days, w.owed_fen, w.late_bills,
         w.bills, w.offence_on, w.customer_since, w.deferred, $6) as differs,
       not exists (select from credit_grades later where later.month > $5::date and later.account_id = w.account_id)
         and (last.as_of is null or last.as_of <= $1::date) as is_latest
  from worded w
       left join lateral (select g.* from credit_grades g where g.month = $5::date and g.account_id = w.account_id
                           order by g.n desc limit 1) last on true`;

/** A line for each judgement that is new; the same facts again write nothing. */
const WRITE = `
insert into credit_grades (company_id, centre_id, account_id, month, n, as_of, grade, code, watch, colour, colour_code,
                           oldest_days, owed_fen, late_bills, bills, offence_on, customer_since, deferred, policy_version,
                           cause, run_id)
select company_id, centre_id, account_id, $2, last_n + 1, $1, grade, code, watch, colour, colour_code, oldest_days, owed_fen,
       late_bills, bills, offence_on, customer_since, deferred, $3,
       case when $4 = 'monthly' and last_n > 0 then 'recount' else $4 end, $5
  from judged where differs`;

const waits = (scheme: 'grade' | 'colour'): string => `
       exists (select from credit_downgrades q where q.account_id = j.account_id and q.scheme = '${scheme}' and q.to_value = j.${scheme}
                  and (q.status in ('queued', 'approved', 'noticed') or (q.month = $1::date and q.n = j.last_n and not j.differs)))`;

/** What would move, from what to what, and whether a person has to decide first (L7). Nobody judged before stands as B and blue. */
const movesSql = (policy: CreditPolicy): string => `
create temp table moves on commit drop as
select j.account_id, j.company_id, j.centre_id, j.category, j.capacity_kva, j.grade as to_grade, j.colour as to_colour, j.code,
       j.colour_code, j.watch, j.last_n + j.differs::integer as n, s.account_id is null as is_first,
       coalesce(s.watch, false) as was_watched,
       coalesce(s.grade, 'B') as from_grade, coalesce(s.colour, 'blue') as from_colour,
       j.grade > coalesce(s.grade, 'B') and j.grade in (${quoted(policy.harm.grades)}) as grade_harms,
       ${colourPlace('j.colour')} > ${colourPlace(`coalesce(s.colour, 'blue')`)}
         and j.colour in (${quoted(policy.harm.colours)}) as colour_harms,
       -- It waits for a person already, or a person has refused this very line.
       j.grade in (${quoted(policy.harm.grades)}) and ${waits('grade')} as grade_waits,
       j.colour in (${quoted(policy.harm.colours)}) and ${waits('colour')} as colour_waits
  from judged j left join credit_standings s on s.account_id = j.account_id
 where j.is_latest
   and (s.account_id is null or s.grade <> j.grade or s.colour <> j.colour or s.watch <> j.watch)`;

const quoted = (words: readonly string[]): string =>
  words.length === 0 ? `''` : words.map((word) => `'${word.replaceAll("'", '')}'`).join(', ');

/** Those who stood already; asked one by one whether they do, a first run would take twice as long. $1 day, $2 month. */
const STAND_ANEW = `
update credit_standings old
   set grade = new.grade, colour = new.colour, watch = new.watch,
       grade_since = case when old.grade <> new.grade then $1 else old.grade_since end,
       grade_month = case when old.grade <> new.grade then $2 else old.grade_month end,
       grade_n = case when old.grade <> new.grade then new.n else old.grade_n end,
       colour_since = case when old.colour <> new.colour then $1 else old.colour_since end,
       changed_at = clock_timestamp()
  from (select account_id, watch, case when grade_harms then from_grade else to_grade end as grade,
               case when grade_harms then 0 else n end as n, case when colour_harms then from_colour else to_colour end as colour
          from moves where not is_first) new
 where old.account_id = new.account_id`;

/** Those who are judged for the first time. @throws 23505 where somebody else has judged one of them just now */
const STAND_FIRST = `
insert into credit_standings (account_id, company_id, centre_id, grade, grade_since, grade_month, grade_n, watch, colour, colour_since)
select account_id, company_id, centre_id, case when grade_harms then from_grade else to_grade end, $1, $2,
       case when grade_harms then 0 else n end, watch, case when colour_harms then from_colour else to_colour end, $1
  from moves where is_first`;

/** The moves that nobody is harmed by, as history. $1 day, $2 cause. */
const LOG = `
insert into credit_moves (company_id, centre_id, account_id, scheme, from_value, to_value, on_date, cause, moved_by)
select company_id, centre_id, account_id, 'grade', from_grade, to_grade, $1::date, $2, 'fudian'
  from moves where from_grade <> to_grade and not grade_harms
union all
select company_id, centre_id, account_id, 'colour', from_colour, to_colour, $1::date, $2, 'fudian'
  from moves where from_colour <> to_colour and not colour_harms`;

/** What the old grade had brought ends; what was done stays done. */
const END_MEASURES = `
with ended as (
  update credit_measures m
     set status = 'ended', status_before = m.status, closed_at = clock_timestamp(), closed_by = 'fudian', outcome = 'grade-changed'
    from moves v
   where m.account_id = v.account_id and m.status in ('open', 'accepted', 'suspended')
     and ((m.scheme = 'grade' and v.from_grade <> v.to_grade and not v.grade_harms and m.given_by <> v.to_grade)
       or (m.scheme = 'colour' and v.from_colour <> v.to_colour and not v.colour_harms and m.given_by <> v.to_colour))
  returning m.measure_id, m.kind)
update tasks t set done_at = clock_timestamp(), outcome = 'grade-changed'
  from ended m where ${ITS_TASK} and t.done_at is null`;

/**
 * B: prepayment or a prepaid meter is proposed, binding nobody (G3.B). Everything heavier comes with a harmful move, one account
 * at a time (intake/credit/move-standing.ts). $1 day, $2 last day, $3 yuan for each kVA, $4 share in per cent.
 */
const PROPOSE = `
insert into credit_measures (measure_id, company_id, centre_id, account_id, scheme, kind, effect, given_by, period, owner_role,
                             from_on, due_on, status, amount_fen, params, clause)
select 'measure/' || account_id || '/' || kind || '/B/' || $1::text, company_id, centre_id, account_id, 'grade', kind, 'proposal',
       'B', $1::text || '/B', 'centre', $1::date, $2::date, 'open', amount_fen, params, 'G3.B'
  from (select v.*, d.kind, d.amount_fen, d.params
          from moves v cross join lateral (
            select case when v.capacity_kva is not null and v.category in ('dedicated-transformer', 'important', 'continuous-process')
                        then 'prepayment-proposal' else 'prepaid-meter-offer' end as kind,
                   case when v.capacity_kva is not null and v.category in ('dedicated-transformer', 'important', 'continuous-process')
                        then v.capacity_kva::bigint * $3::bigint * $4::bigint end as amount_fen,
                   case when v.capacity_kva is not null and v.category in ('dedicated-transformer', 'important', 'continuous-process')
                        then jsonb_build_object('capacityKva', v.capacity_kva, 'yuanPerKva', $3::bigint, 'sharePercent', $4::bigint)
                        else '{"meter": "prepaid"}'::jsonb end as params) d
         where v.to_grade = 'B' and not v.grade_harms and (v.from_grade <> 'B' or v.is_first)) b
on conflict do nothing`;

/** Whoever stands better than before, and badly still: all that C or red brings, now (G3.C, H2). */
const LIGHTER = `
select account_id as "accountId", company_id as "companyId", centre_id as "centreId", category, capacity_kva as "capacityKva",
       'grade' as scheme, to_grade as "to"
  from moves where from_grade > to_grade and to_grade = 'C'
union all
select account_id, company_id, centre_id, category, capacity_kva, 'colour', to_colour
  from moves where from_colour = 'black' and to_colour = 'red'`;

/** A queued move that the newest judgement no longer asks for goes away by itself (a payment, an annulled record). */
const WITHDRAW = `
update credit_downgrades q
   set status = 'withdrawn', ended_reason = 'no-longer-due'
  from judged j
 where q.account_id = j.account_id and j.is_latest and q.status in ('queued', 'approved', 'noticed')
   and ((q.scheme = 'grade' and q.to_value <> j.grade) or (q.scheme = 'colour' and q.to_value <> j.colour))
returning ${GONE}`;

/** Harmful moves wait for a person (L7). $1 month, $2 now. */
const QUEUE = `
insert into credit_downgrades (downgrade_id, company_id, centre_id, account_id, scheme, from_value, to_value, month, n, code,
                               status, occurred_at)
select 'downgrade/' || account_id || '/grade/' || $1::text || '/' || n, company_id, centre_id, account_id, 'grade', from_grade,
       to_grade, $1::date, n, code, 'queued', $2::timestamptz
  from moves where grade_harms and not grade_waits
union all
select 'downgrade/' || account_id || '/colour/' || $1::text || '/' || n, company_id, centre_id, account_id, 'colour', from_colour,
       to_colour, $1::date, n, colour_code, 'queued', $2::timestamptz
  from moves where colour_harms and not colour_waits
on conflict do nothing`;

const COUNT = `
select (select count(*) from judged) as accounts, (select count(*) from judged where differs) as written,
       count(*) filter (where to_grade < from_grade) as "movedUp",
       count(*) filter (where to_grade > from_grade and not grade_waits) as "movedDown",
       count(*) filter (where (grade_harms and not grade_waits) or (colour_harms and not colour_waits)) as queued
  from moves`;

const DRY = `
insert into credit_dry_moves (company_id, centre_id, run_id, account_id, from_grade, to_grade, from_colour, to_colour, code, facts)
select m.company_id, m.centre_id, $1, m.account_id, m.from_grade, m.to_grade, m.from_colour, m.to_colour, m.code,
       jsonb_build_object('asOf', $2::date, 'oldestDays', j.oldest_days, 'owedFen', j.owed_fen, 'lateBills', j.late_bills,
         'bills', j.bills, 'offenceOn', j.offence_on, 'customerSince', j.customer_since, 'deferred', j.deferred)
  from moves m join judged j using (account_id)
 where m.from_grade <> m.to_grade or m.from_colour <> m.to_colour
on conflict do nothing`;

async function judgeChunk(tx: Tx, chunk: Chunk): Promise<void> {
  const { asOf, after, knownAt, until, policy } = chunk;
  // Rough figures will do for the planner, and are had sooner.
  await tx.run('set local default_statistics_target = 10');
  await tx.run(judge(chunk), [asOf, after, knownAt, until, monthStart(asOf), policy.version]);
  // What it holds is asked for often; without figures of it the planner expects next to nothing.
  await tx.run('analyze judged');
  await tx.run(movesSql(policy), [monthStart(asOf)]);
  await tx.run('analyze moves');
}

async function count(tx: Tx): Promise<ChunkCounts> {
  const counts = await tx.row<ChunkCounts>(COUNT);
  // One transaction may judge several stretches.
  await tx.run('drop table judged, moves');
  return counts ?? { accounts: 0, written: 0, movedUp: 0, movedDown: 0, queued: 0 };
}

/** Judges a stretch of accounts and applies what harms nobody; the rest is queued for a person (G1, G2.1, H1, L7). */
export async function gradeChunk(tx: Tx, chunk: Chunk): Promise<ChunkCounts> {
  const { asOf, policy, cause, runId, occurredAt } = chunk;
  const month = monthStart(asOf);
  const c = policy.consequences;
  await judgeChunk(tx, chunk);
  await tx.run(WRITE, [asOf, month, policy.version, cause, runId]);
  await tx.run(END_MEASURES);
  await closeDowngrades(tx, await tx.rows<GoneDowngrade>(WITHDRAW), 'no-longer-due');
  await tx.run(STAND_ANEW, [asOf, month]);
  await tx.run(STAND_FIRST, [asOf, month]);
  await tx.run(LOG, [asOf, runId ?? cause]);
  await putLighter(tx, await tx.rows<Lighter>(LIGHTER), { onDate: asOf, policy });
  const lastDay = addDays(asOf, c.suggestionDays);
  await tx.run(PROPOSE, [asOf, lastDay, whole(c.prepaymentYuanPerKva), c.prepaymentSharePercent.B]);
  await tx.run(QUEUE, [month, occurredAt]);
  return count(tx);
}

/** The same judgement with nothing of it applied: who would move, and why. */
export async function dryChunk(tx: Tx, chunk: Chunk): Promise<ChunkCounts> {
  await judgeChunk(tx, chunk);
  await tx.run(DRY, [chunk.runId, chunk.asOf]);
  return count(tx);
}
