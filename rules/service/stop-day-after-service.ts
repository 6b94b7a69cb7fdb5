import { addDays, type CivilDate } from '../calendar/civil-date.ts';

/** The stop day that a proven service fixes: the day of service is not counted (L8), the notice days are full days (T2.2). */
export const stopDayAfterService = (servedOn: CivilDate, noticeDays: number): CivilDate =>
  addDays(servedOn, noticeDays);
