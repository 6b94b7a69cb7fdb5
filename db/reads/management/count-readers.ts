import type { Tx } from '../../database.ts';

export interface ReaderCount {
  readerId: string;
  centreId: string;
  cases: number;
  toServe: number;
  approval: number;
  held: number;
  tasks: number;
  overdue: number;
}

/** Whose cases stand where, and what each reader still has to do; who has most work first. */
export const countReaders = (
  tx: Tx,
  query: { centreId: string | null; limit: number },
): Promise<ReaderCount[]> =>
  tx.rows<ReaderCount>(
    `with held as (
       select centre_id, reader_id, count(*) as cases,
              count(*) filter (where stage in ('yellow-service', 'red-service')) as to_serve,
              count(*) filter (where stage = 'approval') as approval, count(*) filter (where stage = 'held') as held
         from cases where status = 'open' and ($1::text is null or centre_id = $1) group by centre_id, reader_id
     ), work as (
       select centre_id, assignee, count(*) as tasks, count(*) filter (where due_at < clock_timestamp()) as overdue
         from tasks where done_at is null and assignee is not null and ($1::text is null or centre_id = $1)
        group by centre_id, assignee
     )
     select h.reader_id as "readerId", h.centre_id as "centreId", h.cases::int, h.to_serve::int as "toServe",
            h.approval::int, h.held::int, coalesce(w.tasks, 0)::int as tasks, coalesce(w.overdue, 0)::int as overdue
       from held h left join work w on w.centre_id = h.centre_id and w.assignee = h.reader_id
      where h.reader_id is not null
      order by h.cases desc, h.reader_id limit $2`,
    [query.centreId, query.limit],
  );
