import { civilDate, type CivilDate } from '../../rules/calendar/civil-date.ts';
import type { Tx } from '../database.ts';

/** One published year, as loaded by a person or seeded. */
export interface PublishedYear {
  readonly year: number;
  /** The document that publishes it. */
  readonly source: string;
  readonly offDays: readonly string[];
  readonly workdays: readonly string[];
}

/** Stores a published year; `replace` says whether one that is already there gives way. @throws RangeError for a bad date */
export async function storeCalendarYear(
  tx: Tx,
  companyId: string,
  published: PublishedYear,
  replace: boolean,
): Promise<void> {
  const dates = (days: readonly string[]): CivilDate[] => days.map(civilDate).toSorted();
  await tx.run(
    `insert into calendar_years (company_id, year, source, off_days, workdays) values ($1, $2, $3, $4, $5)
     on conflict (company_id, year) do update
        set source = excluded.source, off_days = excluded.off_days, workdays = excluded.workdays,
            recorded_at = clock_timestamp()
      where $6`,
    [
      companyId,
      published.year,
      published.source,
      dates(published.offDays),
      dates(published.workdays),
      replace,
    ],
  );
}
