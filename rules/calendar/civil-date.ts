declare const brand: unique symbol;

/** A day of the civil calendar as `YYYY-MM-DD`: no time, no zone. Compares as text. */
export type CivilDate = string & { readonly [brand]: 'CivilDate' };

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function daysInMonth(year: number, month: number): number {
  const days = MONTH_DAYS[month - 1] ?? 0;
  return month === 2 && isLeapYear(year) ? days + 1 : days;
}

/** Reads `YYYY-MM-DD` of the years 1600 to 9999. @throws RangeError when it is no day of the calendar */
export function civilDate(text: string): CivilDate {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3])];
  const isDay = parts !== null && year >= 1600 && day >= 1 && day <= daysInMonth(year, month);
  if (!isDay) throw new RangeError(`not a civil date: ${text}`);
  return text as CivilDate;
}

/** Year, month (1–12) and day of the month. */
export function partsOf(date: CivilDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** Days since 1970-01-01; years begin in March here, so that the leap day is the last one. */
export function dayNumberOf(date: CivilDate): number {
  const { year, month, day } = partsOf(date);
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

/** The civil date of a number of days since 1970-01-01. @throws RangeError outside 1600–9999 */
export function civilDateOfDay(dayNumber: number): CivilDate {
  if (!Number.isSafeInteger(dayNumber)) throw new RangeError(`not a day number: ${dayNumber}`);
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  if (year < 1600 || year > 9999) throw new RangeError(`not a day of the calendar: ${dayNumber}`);
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}` as CivilDate;
}

/** The date `days` later (earlier when negative). */
export const addDays = (date: CivilDate, days: number): CivilDate => civilDateOfDay(dayNumberOf(date) + days);

/** The same day `months` later (earlier when negative); where that month is shorter, its last day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = partsOf(date);
  const count = year * 12 + (month - 1) + months;
  const [newYear, newMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  const two = (n: number): string => String(n).padStart(2, '0');
  const newDay = Math.min(day, daysInMonth(newYear, newMonth));
  return civilDate(`${String(newYear).padStart(4, '0')}-${two(newMonth)}-${two(newDay)}`);
}

/** First day of the month. */
export const monthStart = (date: CivilDate): CivilDate => civilDate(`${date.slice(0, 8)}01`);

/** Last day of the month. */
export const monthEnd = (date: CivilDate): CivilDate => addDays(addMonths(monthStart(date), 1), -1);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => dayNumberOf(to) - dayNumberOf(from);

/** Monday 1 … Sunday 7. */
export function weekdayOf(date: CivilDate): number {
  // 1970-01-01 was a Thursday.
  return ((((dayNumberOf(date) + 3) % 7) + 7) % 7) + 1;
}

/** Negative, 0 or positive as `a` is before, on or after `b`. */
export const compareDates = (a: CivilDate, b: CivilDate): number => (a < b ? -1 : a > b ? 1 : 0);

/** The later of two dates. */
export const laterOf = (a: CivilDate, b: CivilDate): CivilDate => (a < b ? b : a);
