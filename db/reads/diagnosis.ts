import type { Tx } from '../database.ts';

/** What the books themselves say about how the service runs. */
export interface BooksState {
  nowAt: string;
  oldestOutboxSeconds: number;
  capacityDays: number;
  /** Years of the next 120 days without a published calendar. */
  yearsMissing: number[];
  alarms: { kind: string; n: number }[];
  runs: { run: string; minutes: number }[];
  oldestName: Buffer | null;
  newestName: Buffer | null;
}

export async function readBooksState(tx: Tx): Promise<BooksState> {
  const row = await tx.row<Omit<BooksState, 'alarms' | 'runs'>>(
    `select clock_timestamp() as "nowAt",
            coalesce((select extract(epoch from clock_timestamp() - min(recorded_at)) from outbox
                       where done_at is null and kind <> 'webhook'), 0)::float8 as "oldestOutboxSeconds",
            (select count(distinct day)::int from crew_capacity
              where day between current_date and current_date + 30 and stop_limit > 0 and restore_limit > 0) as "capacityDays",
            array(select distinct y::int from unnest(array[extract(year from current_date), extract(year from current_date + 120)]) y
                   where not exists (select from calendar_years c where c.year = y) order by 1) as "yearsMissing",
            (select name_enc from accounts order by recorded_at limit 1) as "oldestName",
            (select name_enc from accounts order by recorded_at desc limit 1) as "newestName"`,
  );
  if (row === undefined) throw new Error('the database says nothing of itself');
  const alarms = await tx.rows<{ kind: string; n: number }>(
    'select kind, count(*)::int as n from alarms where cleared_at is null group by kind order by kind',
  );
  const runs = await tx.rows<{ run: string; minutes: number }>(
    `select run, floor(extract(epoch from clock_timestamp() - finished_at) / 60)::int as minutes from watch_runs order by run`,
  );
  return { ...row, alarms, runs };
}
