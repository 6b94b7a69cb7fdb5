import { statutoryDays } from '../../../db/calendar/statutory-days.ts';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import type { Calendar } from '../../../rules/calendar/working-day.ts';
import { publishedYears } from '../../../tools/calendar/published-years.ts';

/** The calendar as it is stored: 2025 and 2026 published, 2027 not. */
export const calendar: Calendar = {
  years: Object.fromEntries(
    publishedYears().map(({ year, source, offDays, workdays }) => [
      String(year),
      { source, offDays: offDays.map(civilDate), workdays: workdays.map(civilDate) },
    ]),
  ),
  statutory: [2025, 2026, 2027, 2028, 2029].flatMap(statutoryDays),
};
