import { addDays } from '../calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../calendar/shanghai-time.ts';
import type { Policy } from '../parameters/policy.ts';
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
const TICKET_MINUTE = 540;
/** The last look before the stop comes half an hour before it (T2.6); an hour where the second notice needs one. */
const LAST_CHECK_MINUTES = 30;

/** From the fixed stop time backwards: ticket on the day before at 09:00 (T2.3), calls (T2.4), the last check (T2.6). */
export function lastDayTimes(
  stop: {
    readonly stopAtMs: number;
    readonly intervalMinutes: number;
    readonly customerClass: 'resident' | 'non-resident';
  },
  policy: Policy,
): LastDayTimes {
  const extra = extraLeadMinutes(policy, stop.customerClass);
  const before = (minutes: number): number => stop.stopAtMs - (minutes + extra) * MINUTE_MS;
  return {
    ticketAtMs: epochMsOf(addDays(civilDateAt(stop.stopAtMs), -1), TICKET_MINUTE),
    firstCallAtMs: before(policy.firstCallLeadMinutes),
    secondCallAtMs: before(policy.secondCallLeadMinutes),
    smsAtMs: before(policy.smsLeadMinutes),
    lastCheckAtMs: before(LAST_CHECK_MINUTES),
    stopAtMs: stop.stopAtMs,
    endsAtMs: stop.stopAtMs + stop.intervalMinutes * MINUTE_MS,
  };
}
