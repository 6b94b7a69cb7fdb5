import { compareDates, daysBetween, type CivilDate } from '../calendar/civil-date.ts';
import type { ScreenBill } from './facts.ts';

/** What of an account counts as debt of this procedure on a day. */
export interface OverdueDebt {
  readonly bills: readonly ScreenBill[];
  readonly openFen: number;
  /** Days the oldest of them is overdue; 0 = none is. */
  readonly oldestDays: number;
}

/** Only electricity, only open, only overdue, only undisputed (L2.30, L5): another service's arrears never add to it. */
export function overdueDebt(bills: readonly ScreenBill[], today: CivilDate): OverdueDebt {
  const counted = bills.filter(
    (bill) =>
      bill.service === 'electricity' &&
      bill.openFen > 0 &&
      !bill.disputed &&
      compareDates(bill.dueDate, today) < 0,
  );
  return {
    bills: counted,
    openFen: counted.reduce((sum, bill) => sum + bill.openFen, 0),
    oldestDays: counted.reduce((days, bill) => Math.max(days, daysBetween(bill.dueDate, today)), 0),
  };
}
