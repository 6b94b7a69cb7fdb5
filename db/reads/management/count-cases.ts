import type { Tx } from '../../database.ts';

export interface StageCount {
  centreId: string;
  stage: string;
  cases: number;
}

/** Open cases by centre and stage, from the index alone. */
export const countCases = (tx: Tx, centreId: string | null): Promise<StageCount[]> =>
  tx.rows<StageCount>(
    `select centre_id as "centreId", stage, count(*)::int as cases
       from cases where status = 'open' and ($1::text is null or centre_id = $1) group by centre_id, stage order by 1, 2`,
    [centreId],
  );

export interface CentreCount {
  centreId: string;
  name: string;
  approvals: number;
  /** Of these, how many end within a day of now. */
  approvalsSoon: number;
  stopped: number;
  /** Restorations under way. */
  restoring: number;
  late: number;
}

/** What waits and who is in the dark, centre by centre; lateness in case time. */
export const countCentres = (tx: Tx, centreId: string | null): Promise<CentreCount[]> =>
  tx.rows<CentreCount>(
    `with waiting as (
       select centre_id, count(*) as n, count(*) filter (where expires_at < clock_timestamp() + interval '1 day') as soon
         from approvals where status = 'pending' group by centre_id
     ), dark as (
       select centre_id, count(*) as n from stops where in_force group by centre_id
     ), owed as (
       select r.centre_id, count(*) as n,
              count(*) filter (where clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' > r.deadline_at) as late
         from restorations r left join case_clocks k using (account_id) where r.restored_at is null group by r.centre_id
     )
     select c.centre_id as "centreId", c.name, coalesce(w.n, 0)::int as approvals, coalesce(w.soon, 0)::int as "approvalsSoon",
            coalesce(d.n, 0)::int as stopped, coalesce(o.n, 0)::int as restoring, coalesce(o.late, 0)::int as late
       from centres c left join waiting w using (centre_id) left join dark d using (centre_id) left join owed o using (centre_id)
      where $1::text is null or c.centre_id = $1 order by c.centre_id`,
    [centreId],
  );
