import type { Policy } from '../parameters/policy.ts';

const GRID_MINUTES = 15;
/** Lead times of the policy are written for this second notice; a longer one moves them all. */
const PLAIN_SECOND_NOTICE_MINUTES = 30;

/** By how much calls and checks move earlier for this class of customer (L2.pre): 0 where 30 minutes apply. */
export function extraLeadMinutes(policy: Policy, customerClass: 'resident' | 'non-resident'): number {
  const { resident, nonResident } = policy.secondNoticeMinutes;
  return (customerClass === 'resident' ? resident : nonResident) - PLAIN_SECOND_NOTICE_MINUTES;
}

/**
 * Start of the notified interval, minutes since midnight: spread over the window by `slot`, never so early that the first
 * call would ring before dunning hours, never so late that the interval would leave the window (L2.pre, T2.4).
 * Undefined: no such time exists.
 */
export function startMinuteOf(
  policy: Policy,
  customerClass: 'resident' | 'non-resident',
  slot: number,
): number | undefined {
  const { stopWindow, dunningHours, firstCallLeadMinutes, intervalMinutes } = policy;
  const leadMinutes = firstCallLeadMinutes + extraLeadMinutes(policy, customerClass);
  const earliest = Math.max(stopWindow.fromMinute, dunningHours.fromMinute + leadMinutes);
  const first = Math.ceil(earliest / GRID_MINUTES) * GRID_MINUTES;
  const starts = Math.floor((stopWindow.untilMinute - intervalMinutes - first) / GRID_MINUTES) + 1;
  return starts < 1 ? undefined : first + (Math.abs(Math.trunc(slot)) % starts) * GRID_MINUTES;
}
