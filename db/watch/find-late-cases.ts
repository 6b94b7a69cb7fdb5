import type { WatchLimits } from '../../rules/parameters/watch-limits.ts';
import type { Tx } from '../database.ts';
import type { Finding } from './finding.ts';

const LIMIT = 500;

/**
 * Open cases past the moment at which their stage has to be over by itself (case time). That moment is the one the procedure
 * itself sleeps until: from its kept plan (`plan-stop`), the approval, the fixed stop. Who is on hold is waited for.
 */
const SQL = `
with open as (
  select c.case_id, c.account_id, c.centre_id, c.stage, c.attempt, c.stage_since,
         clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' as now_at,
         (select detail from case_steps s where s.case_id = c.case_id and s.step = 'plan-stop' and s.attempt = c.attempt) as plan,
         (select max(coalesce(ended_at, until_at)) from holds h where h.account_id = c.account_id) as held_until
    from cases c left join case_clocks k using (account_id)
   where c.status = 'open'
     and not exists (select from holds h where h.account_id = c.account_id and h.ended_at is null
                        and (h.until_at is null
                             or h.until_at + interval '1 day' > clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms'))),
due as (
  select open.*, case stage
    when 'opening' then stage_since + interval '1 day'
    when 'first-dunning' then greatest(stage_since,
      (select max((last_payment_on + 1)::timestamp at time zone 'Asia/Shanghai') + interval '1 day' from notices n
        where n.case_id = open.case_id and n.kind = 'first-dunning'))
    when 'planning' then greatest(stage_since, held_until) + $2 * interval '1 day'
    when 'yellow-service' then to_timestamp((plan ->> 'yellowDueMs')::float8 / 1000)
    when 'yellow-period' then to_timestamp((plan ->> 'approvalAtMs')::float8 / 1000)
    when 'approval' then (select expires_at from approvals a where a.case_id = open.case_id and a.attempt = open.attempt)
    when 'red-service' then to_timestamp((plan -> 'serviceWindows' -> -1 ->> 'untilMs')::float8 / 1000)
    when 'held' then greatest(stage_since, held_until) + $3 * interval '1 day'
    else (select p.stop_at + p.interval_minutes * interval '1 minute' from stop_plans p
           where p.case_id = open.case_id and p.attempt = open.attempt)
    end as due_at
    from open)
select case_id as "caseId", account_id as "accountId", centre_id as "centreId", stage, attempt, due_at as "dueAt"
  from due where greatest(due_at, stage_since) + $1 * interval '1 minute' < now_at
 order by due_at limit ${LIMIT}`;

interface Row {
  caseId: string;
  accountId: string;
  centreId: string;
  stage: string;
  attempt: number;
  dueAt: string;
}

/** Cases that should have gone on and have not; the latest 500 at most. */
export async function findLateCases(tx: Tx, limits: WatchLimits): Promise<Finding[]> {
  const rows = await tx.rows<Row>(SQL, [limits.caseGraceMinutes, limits.planningDays, limits.restDays]);
  return rows.map(({ caseId, accountId, centreId, ...detail }) => ({
    kind: 'case-late',
    subjectId: caseId,
    centreId,
    accountId,
    caseId,
    detail,
  }));
}
