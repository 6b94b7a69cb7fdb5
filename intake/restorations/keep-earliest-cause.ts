import type { Tx } from '../../db/database.ts';

/**
 * The clock of a restoration starts at its earliest cause (L3). A payment that was made before the one that began it, and is told
 * after it, moves all clocks forward by as much. @returns whether they moved
 */
export async function keepEarliestCause(tx: Tx, stopId: string): Promise<boolean> {
  const moved = await tx.run(
    `update restorations r
        set cause_at = e.at, promise_at = r.promise_at - (r.cause_at - e.at), deadline_at = r.deadline_at - (r.cause_at - e.at)
       from (select greatest(s.occurred_at, min(t.occurred_at)) as at
               from stops s join restoration_triggers t using (stop_id) where s.stop_id = $1 group by s.occurred_at) e
      where r.stop_id = $1 and r.restored_at is null and e.at < r.cause_at`,
    [stopId],
  );
  return moved > 0;
}
