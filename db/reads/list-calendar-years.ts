import type { Tx } from '../database.ts';

export interface CalendarYearItem {
  year: number;
  source: string;
  offDays: string[];
  workdays: string[];
}

/** The published years that the company knows. */
export function listCalendarYears(
  tx: Tx,
  query: { after: string[] | undefined; limit: number },
): Promise<CalendarYearItem[]> {
  return tx.rows<CalendarYearItem>(
    `select year, source, off_days as "offDays", workdays from calendar_years
      where $1::int is null or year > $1 order by year limit $2`,
    [query.after?.[0] ?? null, query.limit],
  );
}
