import { LunarDay, SolarTerm } from 'tyme4ts';
import { addDays, civilDate, type CivilDate } from '../../rules/calendar/civil-date.ts';

/** First year of the present list: thirteen days, by the State Council's order of November 2024 on public holidays. */
export const FIRST_STATUTORY_YEAR = 2025;

const QINGMING = 7;

interface YearMonthDay {
  getYear(): number;
  getMonth(): number;
  getDay(): number;
}

function civil(day: YearMonthDay): CivilDate {
  const two = (n: number): string => String(n).padStart(2, '0');
  return civilDate(`${day.getYear()}-${two(day.getMonth())}-${two(day.getDay())}`);
}

const lunar = (year: number, month: number, day: number): CivilDate =>
  civil(LunarDay.fromYmd(year, month, day).getSolarDay());

/**
 * The legal holidays of one year, computed: 元旦, 春节 from its eve, 清明, 劳动节, 端午, 中秋, 国庆; in order. How the days
 * around them are moved is for the State Council to publish. @throws RangeError before 2025, when the list was another one
 */
export function statutoryDays(year: number): CivilDate[] {
  if (!Number.isInteger(year) || year < FIRST_STATUTORY_YEAR)
    throw new RangeError(`legal holidays are known from ${FIRST_STATUTORY_YEAR} on, not for ${year}`);
  const springFestival = lunar(year, 1, 1);
  const qingming = civil(SolarTerm.fromIndex(year, QINGMING).getSolarDay());
  return [
    civilDate(`${year}-01-01`),
    ...[-1, 0, 1, 2].map((i) => addDays(springFestival, i)),
    qingming,
    ...['05-01', '05-02'].map((day) => civilDate(`${year}-${day}`)),
    lunar(year, 5, 5),
    lunar(year, 8, 15),
    ...['10-01', '10-02', '10-03'].map((day) => civilDate(`${year}-${day}`)),
  ].toSorted();
}
