import { addDays, compareDates } from '../calendar/civil-date.ts';
import { civilDateAt, shanghaiText } from '../calendar/shanghai-time.ts';
import { against, NOTHING_AGAINST, type Finding, type StopFacts, type StopStage } from './facts.ts';
import { isInsideInterval } from './is-inside-interval.ts';
import { secondNoticeMinutes } from './was-second-notice-given.ts';

const MINUTE_MS = 60_000;

/** The ticket belongs to the day before the stop (T2.3): not a day earlier, and not made up for on the stop day. */
function isTicketDay(facts: StopFacts, stopAtMs: number): Finding {
  const today = civilDateAt(facts.nowMs);
  const on = addDays(civilDateAt(stopAtMs), -1);
  const order = compareDates(today, on);
  if (order === 0) return NOTHING_AGAINST;
  return against({
    code: order < 0 ? 'ticket-day-not-reached' : 'ticket-day-missed',
    clause: 'T2.3',
    params: { on },
  });
}

function onStopDayBefore(facts: StopFacts, stopAtMs: number, latestMs: number): Finding {
  if (compareDates(civilDateAt(facts.nowMs), civilDateAt(stopAtMs)) < 0)
    return against({ code: 'stop-day-not-reached', clause: 'T2.6', params: { on: civilDateAt(stopAtMs) } });
  return facts.nowMs < latestMs
    ? NOTHING_AGAINST
    : against({ code: 'step-too-late', clause: 'L2.pre', params: { latest: shanghaiText(latestMs) } });
}

/**
 * Does this step come at its own time (T2.3, T2.4, T2.6)? After an outage a late step is refused and the attempt slips; steps
 * are never pushed together.
 */
export function isStageInTime(facts: StopFacts, stage: StopStage): Finding {
  if (stage === 'plan' || stage === 'red') return NOTHING_AGAINST;
  const { stopAtMs } = facts;
  if (stopAtMs === null) return against({ code: 'stop-day-not-fixed', clause: 'T2.2' });
  switch (stage) {
    case 'ticket':
      return isTicketDay(facts, stopAtMs);
    case 'T-45':
      // Later than this no call can come in time any more.
      return onStopDayBefore(facts, stopAtMs, stopAtMs - secondNoticeMinutes(facts, stopAtMs) * MINUTE_MS);
    case 'T-30':
      return onStopDayBefore(facts, stopAtMs, stopAtMs);
    case 'T-0':
      return isInsideInterval(facts);
  }
}
