import { compareDates } from '../calendar/civil-date.ts';
import { civilDateAt } from '../calendar/shanghai-time.ts';
import type { Finding, StopFacts } from './facts.ts';
import { stopDaysOf } from './stop-day.ts';

/** Does an order protect the supply on the stop day (L10)? Before the day is fixed, only when it covers every candidate. */
export function isShielded(facts: StopFacts): Finding {
  const coverOf = (day: ReturnType<typeof civilDateAt>) =>
    facts.stopShields.find(({ from, to }) => compareDates(from, day) <= 0 && compareDates(day, to) <= 0);
  const days = stopDaysOf(facts);
  const covered = days.flatMap((date) => {
    const shield = coverOf(date);
    return shield === undefined
      ? []
      : [{ code: 'shielded', clause: 'L10', params: { date, from: shield.from, to: shield.to } }];
  });
  return { reasons: covered.length === days.length ? covered : [], missing: [] };
}
