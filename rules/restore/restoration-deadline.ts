import { addDays } from '../calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../calendar/shanghai-time.ts';
import { lawAt } from '../parameters/law.ts';
import type { Policy } from '../parameters/policy.ts';

const HOUR_MS = 3_600_000;

/** Case times of one restoration, epoch ms. */
export interface RestorationTimes {
  /** What was promised. */
  readonly promiseMs: number;
  /** What the law allows at most: 24 h from the cause. */
  readonly deadlineMs: number;
  /** A higher role is told at each, in order. */
  readonly escalationsMs: readonly number[];
  /** A miss has its own deadline: the end of the day after the deadline's day (T3.3). */
  readonly missDeadlineMs: number;
}

/** All clocks of a restoration, run from the cause's own time, at all hours on every day (L3, T3.3). */
export function restorationDeadline(facts: {
  causeAtMs: number;
  policy: Pick<Policy, 'restoreHours' | 'restorePromiseHours' | 'escalationHours'>;
}): RestorationTimes {
  const { causeAtMs, policy } = facts;
  const hours = Math.min(policy.restoreHours, lawAt(civilDateAt(causeAtMs)).restoreHours);
  const deadlineMs = causeAtMs + hours * HOUR_MS;
  return {
    promiseMs: causeAtMs + Math.min(policy.restorePromiseHours, hours) * HOUR_MS,
    deadlineMs,
    escalationsMs: policy.escalationHours.map((hour) => causeAtMs + hour * HOUR_MS),
    missDeadlineMs: epochMsOf(addDays(civilDateAt(deadlineMs), 2), 0),
  };
}

/**
 * When the clock starts: at the earliest trigger's own time (the channel's time of a payment, not its posting), never before
 * supply was off and never after now, whatever an outside clock says. @throws RangeError without a trigger
 */
export function restorationCauseMs(stop: {
  stoppedAtMs: number;
  triggersAtMs: readonly number[];
  nowMs: number;
}): number {
  if (stop.triggersAtMs.length === 0) throw new RangeError('L3: no trigger, no restoration');
  return Math.min(stop.nowMs, Math.max(stop.stoppedAtMs, Math.min(...stop.triggersAtMs)));
}
