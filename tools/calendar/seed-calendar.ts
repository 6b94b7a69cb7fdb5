import type { Tx } from '../../db/database.ts';
import { storeCalendarYear } from '../../db/calendar/store-calendar-year.ts';
import { publishedYears } from './published-years.ts';

/** Gives a company the years that are really published; a year that a person has loaded stays as it is. Returns the years. */
export async function seedCalendar(tx: Tx, companyId: string): Promise<number[]> {
  const years = publishedYears();
  for (const year of years) await storeCalendarYear(tx, companyId, year, false);
  return years.map(({ year }) => year);
}
