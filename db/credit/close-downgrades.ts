import { putOutbox } from '../outbox/put-outbox.ts';
import type { Tx } from '../database.ts';
import { withdrawMessages } from './message-stands.ts';

/** A move down that is gone before it held. */
export interface GoneDowngrade {
  downgradeId: string;
  companyId: string;
  /** A person had decided, so that its workflow runs. */
  isDecided: boolean;
}

/** As a row of `credit_downgrades q` is read for it. */
export const GONE = `q.downgrade_id as "downgradeId", q.company_id as "companyId", q.decided_at is not null as "isDecided"`;

/** Nobody walks to the door with what holds no longer, and no carrier gets it. */
export async function closeNotices(tx: Tx, downgradeIds: readonly string[]): Promise<void> {
  await tx.run(
    `update tasks set done_at = clock_timestamp(), outcome = 'withdrawn' where task_id = any ($1) and done_at is null`,
    [downgradeIds.flatMap((id) => [`task/letter/downgrade-notice/${id}`, `task/reply/${id}`])],
  );
  const unsent = await tx.rows<{ id: string }>(
    `select message_id as id from credit_letters join messages using (message_id)
      where letter_id = any ($1) and messages.status = 'prepared'`,
    [downgradeIds.map((id) => `letter/downgrade-notice/${id}`)],
  );
  if (unsent.length > 0)
    await withdrawMessages(
      tx,
      unsent.map(({ id }) => id),
    );
}

/**
 * What goes with moves down that were withdrawn: their notices, and the workflow of each that was decided calls back in writing
 * what the customer was told (L7). `factId`: why, once for each move.
 */
export async function closeDowngrades(tx: Tx, gone: readonly GoneDowngrade[], factId: string): Promise<void> {
  if (gone.length === 0) return;
  await closeNotices(
    tx,
    gone.map(({ downgradeId }) => downgradeId),
  );
  for (const { downgradeId, companyId } of gone.filter(({ isDecided }) => isDecided))
    await putOutbox(tx, companyId, {
      kind: 'signal-matter',
      key: `signal-matter/downgrade/${downgradeId}/withdrawn/${factId}`,
      payload: { kind: 'downgrade', subjectId: downgradeId, signal: { kind: 'withdrawn', factId } },
    });
}
