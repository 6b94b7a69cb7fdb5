import { addDays, daysBetween, weekdayOf, type CivilDate } from './civil-date.ts';

/** What the State Council published for one year. */
export interface CalendarYear {
  /** Document that publishes it. */
  readonly source: string;
  /** Days off that are listed, weekends among them. */
  readonly offDays: readonly CivilDate[];
  /** Weekend days on which work is made up (调休). */
  readonly workdays: readonly CivilDate[];
}

/** Working days as far as they are known. */
export interface Calendar {
  /** By year, `'2026'`; a year that is missing is not published. */
  readonly years: Readonly<Record<string, CalendarYear>>;
  /** Legal holidays by computation, published or not, for every year around. */
  readonly statutory: readonly CivilDate[];
}

export type WorkingDay = 'working' | 'off' | 'undetermined';

/** So far from a legal holiday, adjustments (调休) have never reached. */
const ADJUSTMENT_REACH_DAYS = 8;
const SEARCH_LIMIT_DAYS = 120;

const yearOf = (date: CivilDate): string => date.slice(0, 4);

/** The legal holidays of a year are known when its first day is among them. */
const knowsStatutory = (year: string, calendar: Calendar): boolean =>
  calendar.statutory.some((day) => day === `${year}-01-01`);

function listed(date: CivilDate, calendar: Calendar): WorkingDay | undefined {
  // A year's document may also move days of the December before it.
  const years = Object.values(calendar.years);
  if (years.some((year) => year.offDays.includes(date))) return 'off';
  if (years.some((year) => year.workdays.includes(date))) return 'working';
  return undefined;
}

function unpublished(date: CivilDate, calendar: Calendar): WorkingDay {
  if (calendar.statutory.includes(date) || weekdayOf(date) > 5) return 'off';
  const around = [
    yearOf(addDays(date, -ADJUSTMENT_REACH_DAYS)),
    yearOf(addDays(date, ADJUSTMENT_REACH_DAYS)),
  ];
  if (!around.every((year) => knowsStatutory(year, calendar))) return 'undetermined';
  const isNear = calendar.statutory.some((day) => Math.abs(daysBetween(day, date)) <= ADJUSTMENT_REACH_DAYS);
  return isNear ? 'undetermined' : 'working';
}

/**
 * Is this a working day (L8)? Without the published document of the year there are three answers: certainly working far
 * from every legal holiday, certainly off on one and at weekends, else undetermined; never a guess.
 */
export function workingDay(date: CivilDate, calendar: Calendar): WorkingDay {
  const known = listed(date, calendar);
  if (known !== undefined) return known;
  if (calendar.years[yearOf(date)] === undefined) return unpublished(date, calendar);
  if (weekdayOf(date) > 5) return 'off';
  // New Year's adjustments reach back into December, and come with the next year's document.
  const isNextYearNear = calendar.years[yearOf(addDays(date, ADJUSTMENT_REACH_DAYS))] === undefined;
  return isNextYearNear ? 'undetermined' : 'working';
}

/**
 * The n-th working day after `date`, which is itself not counted (L8). `ifUndetermined` says what an undetermined day is
 * worth: `'unknown'` gives up (undefined), `'off'` gives the latest possible day, `'working'` the earliest.
 */
export function addWorkingDays(
  date: CivilDate,
  n: number,
  calendar: Calendar,
  ifUndetermined: 'unknown' | 'off' | 'working' = 'unknown',
): CivilDate | undefined {
  let left = n;
  for (let day = date, i = 0; i <= SEARCH_LIMIT_DAYS + n * 2; i += 1) {
    if (left === 0) return day;
    day = addDays(day, 1);
    const found = workingDay(day, calendar);
    if (found === 'undetermined' && ifUndetermined === 'unknown') return undefined;
    if (found === 'working' || (found === 'undetermined' && ifUndetermined === 'working')) left -= 1;
  }
  return undefined;
}

/** The first certainly working day on or after `date`; a last day on a holiday moves there (L8). Undefined: none in four months. */
export function nextWorkingDayOnOrAfter(date: CivilDate, calendar: Calendar): CivilDate | undefined {
  for (let i = 0; i <= SEARCH_LIMIT_DAYS; i += 1) {
    const day = addDays(date, i);
    if (workingDay(day, calendar) === 'working') return day;
  }
  return undefined;
}
