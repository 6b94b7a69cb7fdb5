import { civilDateAt, minuteOfDayAt } from '../calendar/shanghai-time.ts';
import { isDayFitForStop } from '../plan/is-stop-day-allowed.ts';
import type { Reason } from '../verdict.ts';
import { against, type Finding, type StopFacts } from './facts.ts';

/**
 * Do day and hours of the fixed stop lie where a stop may be carried out (T2.2, L10)? Asked again because a calendar can be
 * published, and a policy's window moved, after the day was chosen.
 */
export function isWindow(facts: StopFacts): Finding {
  const { stopAtMs, calendar, policy, intervalMinutes } = facts;
  if (stopAtMs === null) return against({ code: 'stop-day-not-fixed', clause: 'T2.2' });
  const { fromMinute, untilMinute } = policy.stopWindow;
  const startMinute = minuteOfDayAt(stopAtMs);
  const day = isDayFitForStop(civilDateAt(stopAtMs), { calendar, shields: [], weather: {} }, policy);
  const hours: Reason[] =
    startMinute >= fromMinute && startMinute + intervalMinutes <= untilMinute
      ? []
      : [{ code: 'outside-stop-hours', clause: 'L2.pre' }];
  return {
    reasons: [...hours, ...(day.outcome === 'permitted' ? [] : day.reasons)],
    missing: day.outcome === 'undetermined' ? day.missing : [],
  };
}
