import type { Tx } from '../database.ts';

export interface ReportItem {
  reportId: string;
  subject: string;
  subjectId: string;
  accountNo: string;
  centreId: string;
  text: string;
  toRoles: string[];
  rung: number;
  since: string;
  acknowledgedBy: string | null;
  acknowledgedAt: string | null;
}

/** Reports upward with all their rungs as one, those that wait the longest first (T2.2). */
export function listReports(
  tx: Tx,
  query: { waiting: boolean; after: string[] | undefined; limit: number },
): Promise<ReportItem[]> {
  return tx.rows<ReportItem>(
    `select "reportId", subject, "subjectId", a.account_no as "accountNo", "centreId", text, "toRoles", rung, since,
            "acknowledgedBy", "acknowledgedAt"
       from (
       select e.subject || '/' || e.subject_id as "reportId", e.subject, e.subject_id as "subjectId",
              min(e.account_id) as account_id, min(e.centre_id) as "centreId",
              (array_agg(e.text order by e.rung))[1] as text, array_agg(e.to_role order by e.rung) as "toRoles",
              max(e.rung) as rung, min(e.occurred_at) as since,
              max(e.acknowledged_by) as "acknowledgedBy", max(e.acknowledged_at) as "acknowledgedAt"
         from escalations e
        where not $1 or (e.subject, e.subject_id) in
              (select w.subject, w.subject_id from escalations w where w.acknowledged_at is null)
        group by e.subject, e.subject_id
       having (bool_or(e.acknowledged_at is null)) = $1) report join accounts a using (account_id)
      where $2::timestamptz is null or (since, "reportId") > ($2, $3)
      order by since, "reportId" limit $4`,
    [query.waiting, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}
