import { compareDates } from '../calendar/civil-date.ts';
import { earliestStopDate } from '../plan/is-overdue-long-enough.ts';
import type { Reason } from '../verdict.ts';
import type { Finding, StopFacts } from './facts.ts';
import { stopDaysOf } from './stop-day.ts';

/**
 * Is every named bill more than 30 days overdue on the stop day (L2.30)? Read strictly: from due date + 32. The law of the day
 * and the policy of the case are both kept; nothing overrides the law. Before service every candidate day must pass.
 */
export function isOverdueLongEnough(facts: StopFacts): Finding {
  const reasons: Reason[] = [];
  const named = facts.bills.filter((bill) => facts.namedBillIds.includes(bill.billId));
  for (const day of stopDaysOf(facts)) {
    for (const bill of named) {
      const earliest = earliestStopDate(bill.dueDate, facts.policy);
      if (compareDates(day, earliest) < 0)
        reasons.push({ code: 'not-overdue-long-enough', clause: 'L2.30', params: { on: day, earliest } });
    }
  }
  return { reasons, missing: [] };
}
