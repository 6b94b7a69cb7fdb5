import { addDays, compareDates } from '../calendar/civil-date.ts';
import { civilDateAt } from '../calendar/shanghai-time.ts';
import { lawAt } from '../parameters/law.ts';
import type { Reason } from '../verdict.ts';
import { against, type Finding, type RedNotice, type StopFacts } from './facts.ts';

/** Whole notice days between service and stop: not fewer (T2.2), not more either, for a notice goes stale (L2.ntc). */
function days(facts: StopFacts, servedAtMs: number, stopAtMs: number): Reason[] {
  const servedOn = civilDateAt(servedAtMs);
  const stopOn = civilDateAt(stopAtMs);
  const noticeDays = Math.max(lawAt(stopOn).noticeDays, facts.policy.noticeDays);
  const due = addDays(servedOn, noticeDays);
  const order = compareDates(stopOn, due);
  if (order < 0)
    return [{ code: 'notice-too-short', clause: 'T2.2', params: { servedOn, stopOn, noticeDays } }];
  if (order > 0) return [{ code: 'notice-stale', clause: 'L2.ntc', params: { servedOn, stopOn } }];
  return [];
}

function agreement(facts: StopFacts, red: RedNotice): Reason[] {
  const reasons: Reason[] = [];
  // A notice that leaves the time to the day of service names none; what it does name has to be this one.
  const isOtherTime = red.stopAtMs !== null && red.stopAtMs !== facts.stopAtMs;
  const isOtherLength = red.intervalMinutes !== null && red.intervalMinutes !== facts.intervalMinutes;
  if (isOtherTime || isOtherLength) reasons.push({ code: 'notice-names-another-time', clause: 'T2.2' });
  if (facts.namedBillIds.some((billId) => !red.billIds.includes(billId)))
    reasons.push({ code: 'notice-names-other-bills', clause: 'T2.2' });
  return reasons;
}

/** Is the red notice served, in its days, and for this stop (T2.2)? Its last day to pay must be over (T2.5). */
export function isRedNoticeValid(facts: StopFacts): Finding {
  const { red, stopAtMs } = facts;
  if (red === null || red.servedAtMs === null || red.status !== 'served')
    return against({
      code: red?.status === 'stale' ? 'notice-stale-after-slip' : 'red-notice-not-served',
      clause: 'T2.2',
    });
  if (stopAtMs === null) return against({ code: 'stop-day-not-fixed', clause: 'T2.2' });
  const reasons = [...days(facts, red.servedAtMs, stopAtMs), ...agreement(facts, red)];
  if (red.lastPaymentOn !== null && compareDates(red.lastPaymentOn, civilDateAt(stopAtMs)) >= 0)
    reasons.push({ code: 'payment-period-runs', clause: 'T2.5', params: { until: red.lastPaymentOn } });
  return { reasons, missing: [] };
}
