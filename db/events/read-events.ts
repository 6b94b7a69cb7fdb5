import type { Tx } from '../database.ts';

/** One change; the cursor says where it stands in the order in which changes are told. */
export interface StoredEvent {
  cursor: string;
  topic: string;
  caseId: string | null;
  accountNo: string | null;
  /** Nothing that commits later can come before it. */
  isSettled: boolean;
}

const CURSOR = /^(\d{1,20})\.(\d{1,19})$/;

/** The two numbers of a cursor, or undefined for what none of ours wrote. */
export const cursorOf = (text: string | undefined): readonly [string, string] | undefined => {
  const [, tx, id] = CURSOR.exec(text ?? '') ?? [];
  return tx === undefined || id === undefined ? undefined : [tx, id];
};

/** Where whoever looks from now on begins: after all that is over, before all that still runs. */
export async function newestCursor(tx: Tx): Promise<string> {
  const row = await tx.row<{ cursor: string }>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text || '.0' as cursor`,
  );
  return row?.cursor ?? '0.0';
}

/** Changes of the scope after a cursor, in order; those of transactions later than one that still runs are not settled. */
export const readEvents = (tx: Tx, after: readonly [string, string], limit: number): Promise<StoredEvent[]> =>
  tx.rows<StoredEvent>(
    `select e.tx::text || '.' || e.event_id as cursor, e.topic, e.case_id as "caseId", a.account_no as "accountNo",
            e.tx < pg_snapshot_xmin(pg_current_snapshot()) as "isSettled"
       from events e left join accounts a using (account_id)
      where (e.tx, e.event_id) > ($1::xid8, $2::bigint)
      order by e.tx, e.event_id limit $3`,
    [...after, limit],
  );

/** Whether everything after the cursor is still kept: false once it was pruned, or was written by another database. */
export async function isKept(tx: Tx, after: readonly [string, string]): Promise<boolean> {
  const row = await tx.row<{ kept: boolean }>(
    `select $1::xid8 <= pg_snapshot_xmax(pg_current_snapshot())
            and not exists (select from events_pruned where tx >= $1::xid8) as kept`,
    [after[0]],
  );
  return row?.kept ?? false;
}

/** Takes away what no screen asks for any more. */
export const pruneEvents = (tx: Tx, companyId: string, olderThanHours: number): Promise<number> =>
  tx.run(
    `with gone as (
       delete from events where recorded_at < clock_timestamp() - $2 * interval '1 hour' returning tx
     )
     insert into events_pruned (company_id, tx) select $1, max(tx) from gone having max(tx) is not null
     on conflict (company_id) do update set tx = greatest(events_pruned.tx, excluded.tx)`,
    [companyId, olderThanHours],
  );
