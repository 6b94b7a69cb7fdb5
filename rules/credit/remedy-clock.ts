import { addDays, addMonths, laterOf, type CivilDate } from '../calendar/civil-date.ts';
import { addWorkingDays, type Calendar } from '../calendar/working-day.ts';
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
