import { addDays, civilDate, type CivilDate } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import type { DayCapacity, PlanBill, PlanFacts } from '../../../rules/plan/facts.ts';
import { calendar } from '../calendar/support.ts';

export const policy = defaultPolicy(civilDate('2026-07-01'));

/** A bill of ¥200 that was due on 1 June 2026. */
export const bill = (over: Partial<PlanBill> = {}): PlanBill => ({
  billId: 'bill-1',
  openFen: 20_000,
  dueDate: civilDate('2026-06-01'),
  service: 'electricity',
  disputed: false,
  ...over,
});

/** Crews on every day of `days` days. */
export function crews(from: CivilDate, days: number, free: DayCapacity = { stopsFree: 5, restoresFree: 5 }) {
  return Object.fromEntries(Array.from({ length: days }, (_, i) => [addDays(from, i), free]));
}

/** Wednesday 1 July 2026, 10:00, nothing in the way. */
export const facts = (over: Partial<PlanFacts> = {}): PlanFacts => ({
  todayMs: epochMsOf(civilDate('2026-07-01'), 600),
  bills: [bill()],
  calendar,
  shields: [],
  weather: {},
  capacity: crews(civilDate('2026-06-01'), 400),
  yellowServedOn: null,
  customerClass: 'resident',
  ...over,
});
