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

/** Each report at the first of its rungs that waits, or at its first where all are acknowledged: walked along an index from the oldest on. */
const firstRungs = (waiting: boolean): string => `
select e.subject, e.subject_id, e.occurred_at as since from escalations e
 where e.acknowledged_at is ${waiting ? '' : 'not'} null
   and not exists (select from escalations o where o.subject = e.subject and o.subject_id = e.subject_id
                      and ${
                        waiting
                          ? 'o.acknowledged_at is null and (o.occurred_at, o.rung) < (e.occurred_at, e.rung)'
                          : '(o.acknowledged_at is null or (o.occurred_at, o.rung) < (e.occurred_at, e.rung))'
                      })`;

/** Reports upward with all their rungs as one, those that wait the longest first (T2.2). */
export function listReports(
  tx: Tx,
  query: { waiting: boolean; after: string[] | undefined; limit: number },
): Promise<ReportItem[]> {
  return tx.rows<ReportItem>(
    `with page as materialized (
       select * from (${firstRungs(query.waiting)}) report
        where $1::timestamptz is null or (since, subject, subject_id) > ($1, $2, $3)
        order by since, subject, subject_id limit $4
     )
     select p.subject || '/' || p.subject_id as "reportId", p.subject, p.subject_id as "subjectId", a.account_no as "accountNo",
            r."centreId", r.text, r."toRoles", r.rung, p.since, r."acknowledgedBy", r."acknowledgedAt"
       from page p cross join lateral (
         select min(e.account_id) as account_id, min(e.centre_id) as "centreId",
                (array_agg(e.text order by e.rung))[1] as text, array_agg(e.to_role order by e.rung) as "toRoles",
                max(e.rung) as rung, max(e.acknowledged_by) as "acknowledgedBy", max(e.acknowledged_at) as "acknowledgedAt"
           from escalations e where e.subject = p.subject and e.subject_id = p.subject_id
       ) r join accounts a using (account_id)
      order by p.since, p.subject, p.subject_id`,
    [...[0, 1, 2].map((key) => query.after?.[key] ?? null), query.limit],
  );
}
