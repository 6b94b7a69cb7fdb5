import { addDays, laterOf, type CivilDate } from '../calendar/civil-date.ts';
import { addWorkingDays, nextWorkingDayOnOrAfter, type Calendar } from '../calendar/working-day.ts';
import type { Policy } from '../parameters/policy.ts';

/** What has to be over before the red notice may be served. */
export interface DaysBeforeService {
  /** The yellow notice is to be served by then; null = it stands. */
  readonly yellowDueDate: CivilDate | null;
  readonly approvalDate: CivilDate;
  readonly earliestServiceDate: CivilDate;
}

/**
 * Yellow notice, its payment period, then approval (T2.1, T2.0): nothing is compressed, whatever day it is. The day of
 * service is not counted and a last day on a day off moves on (L8). Undefined: no certain working day in sight.
 */
export function daysBeforeService(
  today: CivilDate,
  yellowServedOn: CivilDate | null,
  calendar: Calendar,
  policy: Policy,
): DaysBeforeService | undefined {
  const yellowDueDate =
    yellowServedOn === null ? addWorkingDays(today, policy.yellowServiceDays, calendar, 'off') : null;
  const servedOn = yellowServedOn ?? yellowDueDate;
  if (servedOn === undefined || servedOn === null) return undefined;
  const lastDayToPay = nextWorkingDayOnOrAfter(addDays(servedOn, policy.yellowPeriodDays), calendar);
  if (lastDayToPay === undefined) return undefined;
  const approvalDate = nextWorkingDayOnOrAfter(laterOf(addDays(lastDayToPay, 1), today), calendar);
  if (approvalDate === undefined) return undefined;
  return {
    yellowDueDate: yellowDueDate ?? null,
    approvalDate,
    earliestServiceDate: addDays(approvalDate, policy.approvalDays),
  };
}
