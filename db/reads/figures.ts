import type { Tx } from '../database.ts';

/** One number of the books, with the one label it is split by; never about a person. */
export interface Figure {
  readonly name: string;
  /** '' where the figure is not split. */
  readonly label: string;
  readonly value: number;
}

/**
 * Every figure in one read; each part by a partial index on what is open, so that what is over costs nothing. Lateness is
 * counted in case time.
 */
const FIGURES = `
with clocked as (
  select r.*, clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' as now_at
    from restorations r left join case_clocks k using (account_id) where r.restored_at is null)
select 'cases_open' as name, stage as label, count(*)::float8 as value from cases where status = 'open' group by stage
union all
select 'outbox_waiting', kind, count(*) from outbox where done_at is null group by kind
union all
select 'outbox_oldest_seconds', kind, extract(epoch from clock_timestamp() - min(recorded_at))
  from outbox where done_at is null group by kind
union all
select 'restorations_open', case when now_at > deadline_at then 'late' when now_at > promise_at then 'past-promise' else 'in-time' end,
       count(*) from clocked group by 2
union all
select 'restoration_oldest_seconds', '', coalesce(max(extract(epoch from now_at - cause_at)), 0) from clocked
union all
select 'restorations_not_begun', '', count(distinct t.stop_id)
  from restoration_triggers t join stops s using (stop_id)
 where s.in_force and not exists (select from restorations r where r.stop_id = t.stop_id)
union all
select 'stops_in_force', classification, count(*) from stops where in_force group by classification
union all
select 'permits_live', '', count(*) from permits p left join case_clocks k using (account_id)
 where p.status = 'granted' and p.expires_at > clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms'
union all
select 'stand_downs_waiting', '', count(*) from tickets where status = 'recalled'
union all
select 'incidents_open', kind, count(*) from incidents where closed_at is null group by kind
union all
select 'approvals_pending', '', count(*) from approvals where status = 'pending'
union all
select 'reports_waiting', subject, count(distinct subject_id) from escalations where acknowledged_at is null group by subject
union all
select 'messages_unsent', channel, count(*) from messages
 where status in ('prepared', 'sending') group by channel
union all
select 'alarms_open', kind, count(*) from alarms where cleared_at is null group by kind
union all
select 'run_age_seconds', run, extract(epoch from clock_timestamp() - finished_at) from watch_runs`;

/** @throws Error when the database does not answer within `timeoutMs` */
export async function readFigures(tx: Tx, timeoutMs: number): Promise<Figure[]> {
  await tx.run(`select set_config('statement_timeout', $1, true)`, [String(timeoutMs)]);
  return tx.rows<Figure>(FIGURES);
}
