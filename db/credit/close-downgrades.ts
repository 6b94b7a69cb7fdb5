import { putOutbox } from '../outbox/put-outbox.ts';
import type { Tx } from '../database.ts';

/** A move down that is gone before it held. */
export interface GoneDowngrade {
  downgradeId: string;
  companyId: string;
  /** A person had decided, so that its workflow runs. */
  isDecided: boolean;
}

/** As a row of `credit_downgrades q` is read for it. */
export const GONE = `q.downgrade_id as "downgradeId", q.company_id as "companyId", q.decided_at is not null as "isDecided"`;

/**
 * What goes with moves down that were withdrawn: nobody walks to the door with what holds no longer, and the workflow of each that
 * was decided calls back in writing what the customer was told (L7). `factId`: why, once for each move.
 */
export async function closeDowngrades(tx: Tx, gone: readonly GoneDowngrade[], factId: string): Promise<void> {
  if (gone.length === 0) return;
  await tx.run(
    `update tasks set done_at = clock_timestamp(), outcome = 'withdrawn' where task_id = any ($1) and done_at is null`,
    [gone.flatMap(({ downgradeId: id }) => [`task/letter/downgrade-notice/${id}`, `task/reply/${id}`])],
  );
  for (const { downgradeId, companyId } of gone.filter(({ isDecided }) => isDecided))
    await putOutbox(tx, companyId, {
      kind: 'signal-matter',
      key: `signal-matter/downgrade/${downgradeId}/withdrawn/${factId}`,
      payload: { kind: 'downgrade', subjectId: downgradeId, signal: { kind: 'withdrawn', factId } },
    });
}
