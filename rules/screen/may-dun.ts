import { compareDates } from '../calendar/civil-date.ts';
import { verdictOf, type Reason, type Verdict } from '../verdict.ts';
import type { ScreenFacts } from './facts.ts';
import { overdueDebt } from './overdue-debt.ts';

/** What keeps even a reminder back: nothing due, paid already, gone, or a promise that stands (T1.2, T3.6). */
export function reasonsNotToDun(facts: ScreenFacts): Reason[] {
  const reasons: Reason[] = [];
  if (overdueDebt(facts.bills, facts.today).openFen === 0)
    reasons.push({ code: 'nothing-overdue', clause: 'T2.8' });
  if (facts.inFlightFen > 0)
    reasons.push({ code: 'money-in-flight', clause: 'T2.6', params: { inFlightFen: facts.inFlightFen } });
  if (facts.movedOutOn !== null && compareDates(facts.movedOutOn, facts.today) <= 0)
    reasons.push({ code: 'moved-out', clause: 'T2.2', params: { on: facts.movedOutOn } });
  for (const hold of facts.holds)
    reasons.push({ code: `on-hold-${hold.kind}`, clause: hold.kind === 'dispute' ? 'L5' : 'T1.2' });
  return reasons;
}

/** May this customer be reminded today? A shield or a protection forbids the stop, never a friendly word. */
export const mayDun = (facts: ScreenFacts): Verdict => verdictOf(reasonsNotToDun(facts), []);
