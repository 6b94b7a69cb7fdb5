import { addDays } from '../calendar/civil-date.ts';
import { civilDateAt, epochMsOf, minuteOfDayAt } from '../calendar/shanghai-time.ts';

/** Hours of the day in which customers may be written to or called, minutes since midnight, Shanghai time. */
export interface DunningHours {
  readonly fromMinute: number;
  readonly untilMinute: number;
}

/** The first moment, now or later, at which a customer may be reminded (T3.6): never at night. */
export function nextDunningTimeMs(nowMs: number, hours: DunningHours): number {
  const today = civilDateAt(nowMs);
  const minute = minuteOfDayAt(nowMs);
  if (minute < hours.fromMinute) return epochMsOf(today, hours.fromMinute);
  return minute < hours.untilMinute ? nowMs : epochMsOf(addDays(today, 1), hours.fromMinute);
}
