import { addDays, addMonths, monthEnd, monthStart, type CivilDate } from '../calendar/civil-date.ts';
import { addWorkingDays, type Calendar } from '../calendar/working-day.ts';
import type { MeasureTerm } from './consequences.ts';

/** One time to do something: first and last day. */
export interface Turn {
  /** What makes it one of its kind: the day, or the month of a monthly one. */
  readonly period: string;
  readonly fromOn: CivilDate;
  readonly dueOn: CivilDate;
}

/**
 * The days of a measure that begins on `onDate`; the first day is not counted (L8). A working day that the calendar cannot
 * answer for counts as off, which gives the customer longer, never shorter.
 */
export function turnsOf(term: MeasureTerm, onDate: CivilDate, calendar: Calendar): Turn[] {
  const once = (dueOn: CivilDate): Turn[] => [{ period: onDate, fromOn: onDate, dueOn }];
  switch (term.kind) {
    case 'right':
    case 'days':
      return once(addDays(onDate, term.days));
    case 'working-days':
      return once(addWorkingDays(onDate, term.days, calendar, 'off') ?? addDays(onDate, term.days * 3));
    case 'month-end':
      return once(monthEnd(onDate));
    case 'monthly':
      return Array.from({ length: Math.floor(term.months / term.every) }, (_, n) => {
        const first = addMonths(monthStart(onDate), n * term.every + 1);
        const last = monthEnd(addMonths(first, term.every - 1));
        return { period: first.slice(0, 7), fromOn: first, dueOn: last };
      });
  }
}
