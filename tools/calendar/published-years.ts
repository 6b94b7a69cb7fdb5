import { createRequire } from 'node:module';
import { FIRST_STATUTORY_YEAR, statutoryDays } from '../../db/calendar/statutory-days.ts';
import type { PublishedYear } from '../../db/calendar/store-calendar-year.ts';

interface ChineseDays {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
  readonly inLieuDays: Readonly<Record<string, string>>;
}

const NAMED_FOR = 'chinese-days 1.5.7, from the State Council notice for';

function readData(): ChineseDays {
  // The data file alone: the package's own answer to "is this a workday" is silent about years it does not cover.
  return createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as ChineseDays;
}

const daysOf = (table: Readonly<Record<string, string>>, year: number): string[] =>
  Object.keys(table)
    .filter((day) => day.startsWith(`${year}-`))
    .toSorted();

/**
 * The years that the data really covers: every computed legal holiday is listed as a day off, and every day off in lieu has
 * its made-up workday. A year that fails this is not published here, whatever a library would answer.
 */
export function coveredYear(year: number, data: ChineseDays = readData()): PublishedYear | undefined {
  const offDays = daysOf(data.holidays, year);
  const workdays = daysOf(data.workdays, year);
  const isWhole =
    statutoryDays(year).every((day) => offDays.includes(day)) &&
    workdays.length === daysOf(data.inLieuDays, year).length;
  return isWhole ? { year, source: `${NAMED_FOR} ${year}`, offDays, workdays } : undefined;
}

/** Every covered year from 2025 on. */
export function publishedYears(): PublishedYear[] {
  const data = readData();
  const years = [...new Set(Object.keys(data.holidays).map((day) => Number(day.slice(0, 4))))];
  return years
    .filter((year) => year >= FIRST_STATUTORY_YEAR)
    .toSorted((a, b) => a - b)
    .map((year) => coveredYear(year, data))
    .filter((year) => year !== undefined);
}
