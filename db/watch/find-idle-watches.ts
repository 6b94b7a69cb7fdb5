import type { WatchLimits } from '../../rules/parameters/watch-limits.ts';
import type { Tx } from '../database.ts';
import type { Finding } from './finding.ts';

/** The look at the payments of every stopped customer (T3.2) has not finished for too long; never run counts from the first stop. */
export async function findIdleWatches(tx: Tx, limits: WatchLimits): Promise<Finding[]> {
  const idle = await tx.row<{ since: string }>(
    `select coalesce((select max(finished_at) from watch_runs where run = 'payment-watch'),
                     (select min(recorded_at) from stops where in_force)) as since`,
  );
  if (idle === undefined || idle.since === null) return [];
  const isIdle = await tx.row(
    `select 1 where $1::timestamptz < clock_timestamp() - $2::float8 * interval '1 second'`,
    [idle.since, limits.paymentWatchSeconds],
  );
  const of = { centreId: null, accountId: null, caseId: null };
  return isIdle === undefined
    ? []
    : [{ kind: 'watch-not-run', subjectId: 'payment-watch', ...of, detail: { since: idle.since } }];
}
