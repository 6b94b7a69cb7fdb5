import { shanghaiText } from '../calendar/shanghai-time.ts';
import { lawAt } from '../parameters/law.ts';
import { civilDateAt } from '../calendar/shanghai-time.ts';
import { against, NOTHING_AGAINST, unknown, type Finding, type StopFacts } from './facts.ts';

const MINUTE_MS = 60_000;

/** Minutes before T by which the customer has to be told once more: 30, or 60 where nobody lives (L2.pre). */
export function secondNoticeMinutes(facts: StopFacts, stopAtMs: number): number {
  const { resident, nonResident } = facts.policy.secondNoticeMinutes;
  const own = facts.customerClass === 'resident' ? resident : nonResident;
  return Math.max(own, lawAt(civilDateAt(stopAtMs)).secondNoticeMinutes);
}

/** Was the customer told the stop time once more, in time and provably (T2.4)? "Accepted by the carrier" proves nothing. */
export function wasSecondNoticeGiven(facts: StopFacts): Finding {
  const { stopAtMs, secondNoticeAtMs: toldAtMs } = facts;
  if (stopAtMs === null) return against({ code: 'stop-day-not-fixed', clause: 'T2.2' });
  if (toldAtMs === null) return unknown({ code: 'second-notice-not-proven', clause: 'T2.4' });
  const latestMs = stopAtMs - secondNoticeMinutes(facts, stopAtMs) * MINUTE_MS;
  return toldAtMs <= latestMs
    ? NOTHING_AGAINST
    : against({
        code: 'second-notice-too-late',
        clause: 'L2.pre',
        params: { at: shanghaiText(toldAtMs), latest: shanghaiText(latestMs) },
      });
}
