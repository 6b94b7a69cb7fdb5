import { addDays, addMonths, daysBetween, laterOf, type CivilDate } from '../calendar/civil-date.ts';
import {
  addWorkingDays,
  nextWorkingDayOnOrAfter,
  workingDay,
  type Calendar,
} from '../calendar/working-day.ts';
import type { RemedyPolicy } from './policy.ts';

/** A day that the calendar cannot answer for counts as worked: our own clocks are never longer than the law's. */
const ours = (from: CivilDate, days: number, calendar: Calendar): CivilDate =>
  addWorkingDays(from, days, calendar, 'working') ?? addDays(from, days);

/** Last day on which an objection is decided (K8.2, L5): three working days, seven with a check outside. */
export const objectionDueOn = (
  filedOn: CivilDate,
  outsideCheck: boolean,
  policy: RemedyPolicy,
  calendar: Calendar,
): CivilDate =>
  ours(filedOn, outsideCheck ? policy.outsideCheckWorkingDays : policy.objectionWorkingDays, calendar);

/** Last day on which an application for repair is verified (K7.2). */
export const verifyDueOn = (appliedOn: CivilDate, policy: RemedyPolicy, calendar: Calendar): CivilDate =>
  ours(appliedOn, policy.verifyWorkingDays, calendar);

/** Last day of the clean period (K7.1): it begins once the breach is corrected and everything is paid. */
export const cleanUntil = (correctedOn: CivilDate, paidOn: CivilDate, policy: RemedyPolicy): CivilDate =>
  addDays(addMonths(laterOf(correctedOn, paidOn), policy.cleanMonths), -1);

/** Days after `from` up to `to` that are, or may be, worked. */
const workingDaysLeft = (from: CivilDate, to: CivilDate, calendar: Calendar): number =>
  Array.from({ length: Math.max(0, daysBetween(from, to)) }, (_, n) => addDays(from, n + 1)).filter(
    (day) => workingDay(day, calendar) !== 'off',
  ).length;

/**
 * Last day of a measure that rested from `restedFrom` to `resumedOn` (L5): no fewer days and no fewer working days than were
 * left, and never a day off (L8); what was over before stays over. A day that the calendar cannot answer for is counted for the customer.
 */
export function resumedDueOn(
  dueOn: CivilDate,
  restedFrom: CivilDate,
  resumedOn: CivilDate,
  calendar: Calendar,
): CivilDate {
  const restedDays = daysBetween(restedFrom, resumedOn);
  if (restedDays <= 0 || dueOn < restedFrom) return dueOn;
  const byDays = addDays(dueOn, restedDays);
  const left = workingDaysLeft(restedFrom, dueOn, calendar);
  const last = laterOf(byDays, addWorkingDays(resumedOn, left, calendar, 'off') ?? byDays);
  return nextWorkingDayOnOrAfter(last, calendar) ?? last;
}
