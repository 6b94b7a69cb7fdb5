import type { Tx } from '../database.ts';

export interface ReconciliationItem {
  reconciliationId: string;
  dryRun: boolean;
  askedBy: string;
  parts: Record<string, number | 'failed'>;
  startedAt: string;
  finishedAt: string | null;
  /** How many differences were met with each action. */
  counts: Record<string, number>;
}

export interface DifferenceItem {
  kind: string;
  subjectId: string;
  accountNo: string | null;
  centreId: string | null;
  action: string;
  detail: Record<string, unknown>;
}

const SELECT = `select r.reconciliation_id as "reconciliationId", r.dry_run as "dryRun", r.asked_by as "askedBy", r.parts,
       r.started_at as "startedAt", r.finished_at as "finishedAt",
       coalesce((select jsonb_object_agg(action, n) from
         (select action, count(*)::int as n from differences d where d.reconciliation_id = r.reconciliation_id group by action) c),
         '{}') as counts
  from reconciliations r`;

/** Comparisons of the books, newest first. */
export function listReconciliations(
  tx: Tx,
  query: { before: string[] | undefined; limit: number },
): Promise<ReconciliationItem[]> {
  return tx.rows<ReconciliationItem>(
    `${SELECT} where $1::timestamptz is null or (r.started_at, r.reconciliation_id) < ($1, $2)
      order by r.started_at desc, r.reconciliation_id desc limit $3`,
    [query.before?.[0] ?? null, query.before?.[1] ?? null, query.limit],
  );
}

export function findReconciliation(
  tx: Tx,
  reconciliationId: string,
): Promise<ReconciliationItem | undefined> {
  return tx.row<ReconciliationItem>(`${SELECT} where r.reconciliation_id = $1`, [reconciliationId]);
}

/** What a comparison found, by kind and subject. */
export function listDifferences(
  tx: Tx,
  query: { reconciliationId: string; after: string[] | undefined; limit: number },
): Promise<DifferenceItem[]> {
  return tx.rows<DifferenceItem>(
    `select d.kind, d.subject_id as "subjectId", a.account_no as "accountNo", d.centre_id as "centreId", d.action, d.detail
       from differences d left join accounts a using (account_id)
      where d.reconciliation_id = $1 and ($2::text is null or (d.kind, d.subject_id) > ($2, $3))
      order by d.kind, d.subject_id limit $4`,
    [query.reconciliationId, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}
