import { addDays } from '../calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../calendar/shanghai-time.ts';
import type { Policy } from '../parameters/policy.ts';
import { LAST_CHECK_MINUTES, OFFICE_OPENS_MINUTE } from '../parameters/season.ts';
import { extraLeadMinutes } from './start-minute.ts';

/** Case times of the last day, epoch ms. */
export interface LastDayTimes {
  readonly ticketAtMs: number;
  readonly firstCallAtMs: number;
  readonly secondCallAtMs: number;
  readonly smsAtMs: number;
  readonly lastCheckAtMs: number;
  readonly stopAtMs: number;
  readonly endsAtMs: number;
}

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
/** Accounts of one start time have slots in steps; times a prime they fill every second. */
const SCATTER = 7_919;

/**
 * By how much the calls of this account come earlier than the policy's lead (T2.4): each at its own second of the spread, so
 * that those of one stop time are over before it, and none before dunning hours.
 */
function spreadMs(policy: Policy, slot: number, firstCallAtMs: number): number {
  const hoursBeginMs = epochMsOf(civilDateAt(firstCallAtMs), policy.dunningHours.fromMinute);
  const roomMs = Math.min(policy.callSpreadMinutes * MINUTE_MS, firstCallAtMs - hoursBeginMs);
  const seconds = Math.floor(roomMs / SECOND_MS);
  return seconds < 1 ? 0 : ((slot * SCATTER) % seconds) * SECOND_MS;
}

/** From the fixed stop time backwards: ticket on the day before at 09:00 (T2.3), calls (T2.4), the last check (T2.6). */
export function lastDayTimes(
  stop: {
    readonly stopAtMs: number;
    readonly intervalMinutes: number;
    readonly customerClass: 'resident' | 'non-resident';
    /** `slotOf` the account. */
    readonly slot: number;
  },
  policy: Policy,
): LastDayTimes {
  const extra = extraLeadMinutes(policy, stop.customerClass);
  const before = (minutes: number): number => stop.stopAtMs - (minutes + extra) * MINUTE_MS;
  const stopOn = civilDateAt(stop.stopAtMs);
  const ticketOn = addDays(stopOn, -1);
  const earlierMs = spreadMs(policy, stop.slot, before(policy.firstCallLeadMinutes));
  return {
    ticketAtMs: epochMsOf(ticketOn, OFFICE_OPENS_MINUTE(ticketOn).value),
    firstCallAtMs: before(policy.firstCallLeadMinutes) - earlierMs,
    secondCallAtMs: before(policy.secondCallLeadMinutes) - earlierMs,
    smsAtMs: before(policy.smsLeadMinutes) - earlierMs,
    // Half an hour before, an hour where the second notice needs one.
    lastCheckAtMs: before(LAST_CHECK_MINUTES(stopOn).value),
    stopAtMs: stop.stopAtMs,
    endsAtMs: stop.stopAtMs + stop.intervalMinutes * MINUTE_MS,
  };
}
