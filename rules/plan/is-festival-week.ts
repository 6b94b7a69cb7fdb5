import { addDays, weekdayOf, type CivilDate } from '../calendar/civil-date.ts';
import type { Calendar } from '../calendar/working-day.ts';

const isBetween = (date: CivilDate, from: string, to: string): boolean =>
  from <= date.slice(5) && date.slice(5) <= to;

/** Legal holidays of Spring Festival are the only ones between 15 January and the end of February. */
const isFestivalDay = (date: CivilDate): boolean =>
  isBetween(date, '01-15', '02-29') || isBetween(date, '10-01', '10-03');

/** A calendar never changes; a planner asks it for every day of months. */
const known = new WeakMap<Calendar, Set<CivilDate>>();

function festivalDaysOf(calendar: Calendar): Set<CivilDate> {
  const days = known.get(calendar) ?? festivalDays(calendar);
  known.set(calendar, days);
  return days;
}

/** Legal days of the two festivals, and the published days off around them without a break. */
function festivalDays(calendar: Calendar): Set<CivilDate> {
  const published = new Set(Object.values(calendar.years).flatMap((year) => year.offDays));
  const days = new Set(calendar.statutory.filter(isFestivalDay));
  for (const core of [...days])
    for (const step of [-1, 1])
      for (let day = addDays(core, step); published.has(day); day = addDays(day, step)) days.add(day);
  return days;
}

/**
 * Does the week (Monday to Sunday) of this day touch Spring Festival or National Day, as long as they are published (T2.2)?
 * Undefined: the legal holidays of that year are not known.
 */
export function isFestivalWeek(date: CivilDate, calendar: Calendar): boolean | undefined {
  const monday = addDays(date, 1 - weekdayOf(date));
  const week = [0, 1, 2, 3, 4, 5, 6].map((i) => addDays(monday, i));
  const days = festivalDaysOf(calendar);
  if (week.some((day) => days.has(day))) return true;
  const years = new Set(week.map((day) => day.slice(0, 4)));
  return [...years].every((year) => calendar.statutory.some((day) => day === `${year}-01-01`))
    ? false
    : undefined;
}
