import type { WatchLimits } from '../../rules/parameters/watch-limits.ts';
import type { Tx } from '../database.ts';
import type { Finding } from './finding.ts';

const LATE = `
select r.stop_id as "stopId", r.account_id as "accountId", r.centre_id as "centreId", s.case_id as "caseId",
       r.deadline_at as "deadlineAt"
  from restorations r join stops s using (stop_id) left join case_clocks k on k.account_id = r.account_id
 where r.restored_at is null and r.deadline_at < clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms'
 order by r.deadline_at limit 500`;

/** A cause is stored, and nothing has begun to bring the light back. */
const NOT_BEGUN = `
select t.stop_id as "stopId", s.account_id as "accountId", s.centre_id as "centreId", s.case_id as "caseId",
       min(t.recorded_at) as since
  from restoration_triggers t join stops s using (stop_id)
 where s.in_force and not exists (select from restorations r where r.stop_id = t.stop_id)
   and t.recorded_at < clock_timestamp() - $1::float8 * interval '1 second'
 group by 1, 2, 3, 4 order by since limit 500`;

interface Row {
  stopId: string;
  accountId: string;
  centreId: string;
  caseId: string | null;
}

/** Restorations past 24 hours (T3.3), and those that are owed and have not begun (L3). */
export async function findLateRestorations(tx: Tx, limits: WatchLimits): Promise<Finding[]> {
  const late = await tx.rows<Row & { deadlineAt: string }>(LATE);
  const notBegun = await tx.rows<Row & { since: string }>(NOT_BEGUN, [limits.restorationBeginSeconds]);
  return [
    ...late.map(({ stopId, deadlineAt, ...of }) => ({
      kind: 'restoration-late',
      subjectId: stopId,
      ...of,
      detail: { deadlineAt },
    })),
    ...notBegun.map(({ stopId, since, ...of }) => ({
      kind: 'restoration-not-begun',
      subjectId: stopId,
      ...of,
      detail: { since },
    })),
  ];
}
