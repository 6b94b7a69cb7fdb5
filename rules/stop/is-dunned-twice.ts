import { addDays, compareDates } from '../calendar/civil-date.ts';
import { civilDateAt } from '../calendar/shanghai-time.ts';
import { against, NOTHING_AGAINST, type Finding, type StopFacts } from './facts.ts';

/** Was there a first reminder that is proven to have arrived (T2.0)? One that failed is none. */
export const isDunnedOnce = (facts: StopFacts): Finding =>
  facts.firstDunningServedAtMs === null
    ? against({ code: 'first-dunning-not-served', clause: 'T2.0' })
    : NOTHING_AGAINST;

/**
 * Was the customer dunned twice, on two days, and did the period of the second notice pass (T2.0, T2.1)? The day of service is
 * not counted (L8). An outage does not make two notices of one day into two reminders.
 */
export function isDunnedTwice(facts: StopFacts): Finding {
  const { firstDunningServedAtMs: first, yellowServedAtMs: yellow } = facts;
  if (first === null) return isDunnedOnce(facts);
  if (yellow === null) return against({ code: 'yellow-notice-not-served', clause: 'T2.1' });
  const yellowOn = civilDateAt(yellow);
  if (compareDates(civilDateAt(first), yellowOn) >= 0)
    return against({ code: 'dunned-twice-in-one-day', clause: 'T2.0', params: { on: yellowOn } });
  const until = addDays(yellowOn, facts.policy.yellowPeriodDays);
  return compareDates(civilDateAt(facts.nowMs), until) <= 0
    ? against({ code: 'yellow-period-runs', clause: 'T2.1', params: { until } })
    : NOTHING_AGAINST;
}
