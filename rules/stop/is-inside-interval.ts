import { shanghaiText } from '../calendar/shanghai-time.ts';
import { against, NOTHING_AGAINST, type Finding, type StopFacts } from './facts.ts';

const MINUTE_MS = 60_000;

/** End of the notified interval; the end itself is outside. */
export const intervalEndMs = (stopAtMs: number, intervalMinutes: number): number =>
  stopAtMs + intervalMinutes * MINUTE_MS;

/** Is it the notified time now (L2.pre)? From T to the end of the interval, not a minute before or after. */
export function isInsideInterval(facts: StopFacts): Finding {
  const { stopAtMs, nowMs } = facts;
  if (stopAtMs === null) return against({ code: 'stop-day-not-fixed', clause: 'T2.2' });
  const endMs = intervalEndMs(stopAtMs, facts.intervalMinutes);
  if (nowMs >= stopAtMs && nowMs < endMs) return NOTHING_AGAINST;
  return against({
    code: nowMs < stopAtMs ? 'before-the-notified-time' : 'after-the-notified-time',
    clause: 'L2.pre',
    params: { from: shanghaiText(stopAtMs), until: shanghaiText(endMs) },
  });
}
