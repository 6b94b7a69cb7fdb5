import type { Tx } from '../database.ts';

export interface CapacityItem {
  centreId: string;
  day: string;
  stopLimit: number;
  restoreLimit: number;
  stopsReserved: number;
  restoresReserved: number;
}

/** What the crews of a centre can do day by day, and what planned stops have reserved of it. Both days included. */
export function listCapacity(
  tx: Tx,
  query: { centreId: string; from: string; to: string; after: string[] | undefined; limit: number },
): Promise<CapacityItem[]> {
  return tx.rows<CapacityItem>(
    `select c.centre_id as "centreId", c.day, c.stop_limit as "stopLimit", c.restore_limit as "restoreLimit",
            r.stops as "stopsReserved", r.restores as "restoresReserved"
       from crew_capacity c cross join lateral (
            select count(*) filter (where kind = 'stop')::int as stops,
                   count(*) filter (where kind = 'restore')::int as restores
              from capacity_reservations v
             where v.centre_id = c.centre_id and v.day = c.day and v.released_at is null) r
      where c.centre_id = $1 and c.day between $2 and $3 and ($4::date is null or c.day > $4)
      order by c.day limit $5`,
    [query.centreId, query.from, query.to, query.after?.[0] ?? null, query.limit],
  );
}
