import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import { isWorse, type ScoreGrade } from '../../rules/credit/scheme.ts';
import {
  adjustedCenti,
  scoreGradeOf,
  scoreOf,
  type IndicatorScore,
  type ScoreFacts,
} from '../../rules/credit/score-of.ts';
import { json, type Tx } from '../database.ts';
import { closeDowngrades, GONE, type GoneDowngrade } from './close-downgrades.ts';
import { annulled, factsSql, whole, type Reach } from './facts-sql.ts';
import type { ChunkCounts } from './grade-chunk.ts';
import { putLighter, type Lighter } from './put-lighter.ts';
import { ITS_TASK } from './put-measures.ts';

export interface ScoreChunk {
  asOf: CivilDate;
  knownAt: string;
  after: string;
  until: string;
  policy: CreditPolicy;
  reach: Reach;
  cause: 'yearly' | 'major-change' | 'adjustment' | 'objection' | 'repair' | 'request';
  runId: string | null;
  occurredAt: string;
  dry: boolean;
}

/** What an account's score was made of, and what it is. */
export interface ScoredAccount {
  accountId: string;
  centreId: string;
  facts: ScoreFacts;
  indicators: readonly IndicatorScore[];
  scoreCenti: number;
  finalCenti: number;
  adjustmentId: string | null;
  scoreGrade: ScoreGrade;
  from: ScoreGrade | null;
}

type Row = ScoreFacts & {
  accountId: string;
  centreId: string;
  adjustmentId: string | null;
  adjustmentPoints: number | null;
  from: ScoreGrade | null;
};

const since = (policy: CreditPolicy): string =>
  `($1::date - interval '${whole(policy.score.years * 12)} months')::date`;

/** Counts within the policy's years: what was annulled, replaced or repaired (K7.1) counts no more. */
const scoreSql = (policy: CreditPolicy, reach: Reach): string => `
with ${factsSql(policy.grade, 'now', reach)},
counted as (
  select m.subject, r.kind, r.outcome from members m join credit_records r on r.account_id = m.member
   where r.confirmed and r.recorded_at <= $3 and r.occurred_on <= $1::date and r.occurred_on > ${since(policy)}
     and not ${annulled('r')}
     and not exists (select from credit_records later where later.replaces = r.record_id and later.recorded_at <= $3)
     and not exists (select from credit_repairs p where p.record_id = r.record_id and p.status = 'granted'
                        and (p.decided_at at time zone 'Asia/Shanghai')::date <= $1::date)),
records as (
  select subject,
         count(*) filter (where kind = 'theft') as thefts, count(*) filter (where kind = 'violation') as violations,
         count(*) filter (where kind = 'breach') as breaches,
         count(*) filter (where kind = 'inspection' and outcome = 'failed') as failed_inspections,
         count(*) filter (where kind = 'equipment' and outcome = 'failed') as failed_equipment,
         count(*) filter (where kind = 'cooperation' and outcome = 'good') as good_cooperation,
         count(*) filter (where kind = 'cooperation' and outcome = 'bad') as bad_cooperation,
         count(*) filter (where kind = 'honour') as honours,
         count(*) filter (where kind = 'external' and outcome = 'good') as good_external,
         count(*) filter (where kind = 'external' and outcome = 'bad') as bad_external
    from counted group by subject),
-- How collection ended (feature: process events move a score). A stop that was not lawful counts for nothing.
ended as (
  select m.subject, count(*) filter (where c.outcome = 'paid') as dunned,
         count(*) filter (where c.outcome = 'stopped' and exists (
           select from stops s where s.case_id = c.case_id and s.classification = 'lawful'
             and not exists (select from incidents i where i.stop_id = s.stop_id))) as stopped
    from members m join cases c on c.account_id = m.member
   where c.status = 'closed' and c.recorded_at <= $3
     and (c.closed_at at time zone 'Asia/Shanghai')::date between ${since(policy)} + 1 and $1::date
   group by m.subject),
broken as (
  select m.subject, count(*) as plans from members m join holds h on h.account_id = m.member
   where h.end_reason = 'plan-broken' and (h.ended_at at time zone 'Asia/Shanghai')::date between ${since(policy)} + 1 and $1::date
   group by m.subject)
select f.account_id as "accountId", f.centre_id as "centreId", f.late_bills as "lateBills",
       case when f.deferred and ${whole(policy.grade.deferralRests)} = 1 then 0 else f.oldest_days end as "oldestDays",
       coalesce(e.dunned, 0) as "dunnedCases", coalesce(e.stopped, 0) as "stoppedCases", coalesce(b.plans, 0) as "brokenPlans",
       coalesce(r.thefts, 0) as thefts, coalesce(r.violations, 0) as violations, coalesce(r.breaches, 0) as breaches,
       coalesce(r.failed_inspections, 0) as "failedInspections", coalesce(r.failed_equipment, 0) as "failedEquipment",
       coalesce(r.good_cooperation, 0) as "goodCooperation", coalesce(r.bad_cooperation, 0) as "badCooperation",
       coalesce(r.honours, 0) as honours, coalesce(r.good_external, 0) as "goodExternal", coalesce(r.bad_external, 0) as "badExternal",
       a.adjustment_id as "adjustmentId", a.points as "adjustmentPoints", s.score_grade as "from"
  from facts f
       left join records r on r.subject = f.account_id
       left join ended e on e.subject = f.account_id
       left join broken b on b.subject = f.account_id
       left join credit_adjustments a on a.account_id = f.account_id and a.status = 'accepted' and a.valid_to >= $1::date
       left join credit_standings s on s.account_id = f.account_id`;

/** Scores of a stretch of accounts, nothing written (K5.1, K5.2). */
export async function readScores(
  tx: Tx,
  at: Pick<ScoreChunk, 'asOf' | 'knownAt' | 'after' | 'until' | 'policy' | 'reach'>,
): Promise<ScoredAccount[]> {
  const { asOf, after, knownAt, until, policy } = at;
  const rows = await tx.rows<Row>(scoreSql(policy, at.reach), [asOf, after, knownAt, until]);
  return rows.map(({ accountId, centreId, adjustmentId, adjustmentPoints, from, ...facts }) => {
    const { indicators, scoreCenti } = scoreOf(facts, policy.score);
    const finalCenti =
      adjustmentPoints === null ? scoreCenti : adjustedCenti(scoreCenti, adjustmentPoints, policy.score);
    const scoreGrade = scoreGradeOf(finalCenti, policy.score);
    return {
      ...{ accountId, centreId, facts, indicators, scoreCenti, finalCenti, adjustmentId, scoreGrade, from },
    };
  });
}

/** Writes a score that differs from the last one of the account. $1 company, $2 rows, $3 as of, $4 policy, $5 cause, $6 run. */
const WRITE = `
insert into credit_scores (score_id, company_id, centre_id, account_id, as_of, indicators, score_centi, adjustment_id, final_centi,
                           score_grade, policy_version, cause, run_id)
select 'score/' || x."accountId" || '/' || $3::text || '/' || (select count(*) from credit_scores c where c.account_id = x."accountId"),
       $1, x."centreId", x."accountId", $3::date, x.indicators, x."scoreCenti", x."adjustmentId", x."finalCenti", x."scoreGrade",
       $4, $5, $6
  from jsonb_to_recordset($2::jsonb) as x ("accountId" text, "centreId" text, indicators jsonb, "scoreCenti" integer,
       "adjustmentId" text, "finalCenti" integer, "scoreGrade" text)
       left join lateral (select c.* from credit_scores c where c.account_id = x."accountId" order by c.recorded_at desc limit 1) last on true
 where last.score_id is null
    or (last.as_of, last.indicators, last.final_centi, last.score_grade, last.adjustment_id, last.policy_version)
       is distinct from ($3::date, x.indicators, x."finalCenti", x."scoreGrade", x."adjustmentId", $4)
returning account_id as "accountId", score_id as "scoreId"`;

const MOVED = `jsonb_to_recordset($2::jsonb) as x ("accountId" text, "centreId" text, "from" text, "to" text, "scoreId" text)`;

const STAND = `
insert into credit_standings as old (account_id, company_id, centre_id, grade, grade_since, grade_month, grade_n, watch, colour,
                                     colour_since, score_grade, score_since, score_id)
select x."accountId", $1, x."centreId", 'B', $3::date, date_trunc('month', $3::date), 0, false, 'blue', $3::date, x."to", $3::date, x."scoreId"
  from ${MOVED}
on conflict (account_id) do update set score_grade = excluded.score_grade, score_since = excluded.score_since,
   score_id = excluded.score_id, changed_at = clock_timestamp()`;

const LOG = `
insert into credit_moves (company_id, centre_id, account_id, scheme, from_value, to_value, on_date, cause, moved_by)
select $1, x."centreId", x."accountId", 'score', x."from", x."to", $3::date, $4, 'fudian' from ${MOVED}`;

const END_MEASURES = `
with ended as (
  update credit_measures m set status = 'ended', status_before = m.status, closed_at = clock_timestamp(), closed_by = 'fudian', outcome = 'grade-changed'
    from ${MOVED}
   where m.company_id = $1 and m.account_id = x."accountId" and m.scheme = 'score' and m.given_by <> x."to"
     and m.status in ('open', 'accepted', 'suspended')
  returning m.measure_id, m.kind)
update tasks t set done_at = clock_timestamp(), outcome = 'grade-changed' from ended m where ${ITS_TASK} and t.done_at is null`;

/** Whoever is scored better than before, and poor still: all that it brings, now (K6.2). */
const LIGHTER = `
select a.account_id as "accountId", a.company_id as "companyId", a.centre_id as "centreId", a.category, a.capacity_kva as "capacityKva",
       'score' as scheme, x."to"
  from ${MOVED} join accounts a on a.account_id = x."accountId" and a.company_id = $1
 where x."from" = 'bad' and x."to" = 'poor'`;

const QUEUE = `
insert into credit_downgrades (downgrade_id, company_id, centre_id, account_id, scheme, from_value, to_value, score_id, code, status,
                               occurred_at)
select 'downgrade/' || x."scoreId", $1, x."centreId", x."accountId", 'score', coalesce(x."from", 'fair'), x."to", x."scoreId",
       'score-below-threshold', 'queued', $3::timestamptz
  from ${MOVED}
on conflict do nothing`;

/** A queued score that the newest no longer asks for goes away by itself. */
const WITHDRAW = `
update credit_downgrades q set status = 'withdrawn', ended_reason = 'no-longer-due'
  from jsonb_to_recordset($1::jsonb) as x ("accountId" text, "scoreGrade" text)
 where q.account_id = x."accountId" and q.scheme = 'score' and q.status in ('queued', 'approved', 'noticed')
   and q.to_value <> x."scoreGrade"
returning ${GONE}`;

/** Who would move, and why. $1 company, $2 rows, $3 run. */
const DRY = `
insert into credit_dry_scores (company_id, centre_id, run_id, account_id, from_grade, to_grade, score_centi, final_centi, indicators)
select $1, x."centreId", $3, x."accountId", x."from", x."scoreGrade", x."scoreCenti", x."finalCenti", x.indicators
  from jsonb_to_recordset($2::jsonb) as x ("accountId" text, "centreId" text, "from" text, "scoreGrade" text, "scoreCenti" integer,
       "finalCenti" integer, indicators jsonb)
on conflict do nothing`;

/** Nobody scored before stands in the middle. */
const before = (one: ScoredAccount): ScoreGrade => one.from ?? 'fair';
const harms = (one: ScoredAccount, policy: CreditPolicy): boolean =>
  isWorse(before(one), one.scoreGrade) && policy.harm.scoreGrades.includes(one.scoreGrade);

/** Scores a stretch of accounts; what harms somebody waits for a person (K5.2, K5.3, L7). */
export async function scoreChunk(tx: Tx, chunk: ScoreChunk): Promise<ChunkCounts> {
  const { asOf, policy } = chunk;
  const scored = await readScores(tx, chunk);
  const moving = scored.filter((one) => one.from !== one.scoreGrade);
  const harmful = moving.filter((one) => harms(one, policy));
  const counts: ChunkCounts = {
    accounts: scored.length,
    written: 0,
    movedUp: moving.filter((one) => isWorse(one.scoreGrade, before(one))).length,
    movedDown: moving.filter((one) => isWorse(before(one), one.scoreGrade)).length,
    queued: harmful.length,
  };
  const company =
    scored.length === 0 ? undefined : await tx.row<{ id: string }>('select current_company() as id');
  if (company === undefined) return counts;
  if (chunk.dry) {
    if (chunk.runId !== null) await tx.run(DRY, [company.id, json(moving), chunk.runId]);
    return counts;
  }
  const written = await tx.rows<{ accountId: string; scoreId: string }>(WRITE, [
    ...[company.id, json(scored), asOf, policy.version, chunk.cause, chunk.runId],
  ]);
  const idOf = new Map(written.map(({ accountId, scoreId }) => [accountId, scoreId]));
  const movesOf = (some: readonly ScoredAccount[]): string =>
    json(
      some
        .filter(({ accountId }) => idOf.has(accountId))
        .map((one) => ({
          accountId: one.accountId,
          centreId: one.centreId,
          from: one.from,
          to: one.scoreGrade,
          scoreId: idOf.get(one.accountId),
        })),
    );
  const free = movesOf(moving.filter((one) => !harms(one, policy)));
  await closeDowngrades(tx, await tx.rows<GoneDowngrade>(WITHDRAW, [json(scored)]), 'no-longer-due');
  await tx.run(STAND, [company.id, free, asOf]);
  await tx.run(LOG, [company.id, free, asOf, chunk.runId ?? chunk.cause]);
  await tx.run(END_MEASURES, [company.id, free]);
  await putLighter(tx, await tx.rows<Lighter>(LIGHTER, [company.id, free]), { onDate: asOf, policy });
  await tx.run(QUEUE, [company.id, movesOf(harmful), chunk.occurredAt]);
  return { ...counts, written: written.length };
}
