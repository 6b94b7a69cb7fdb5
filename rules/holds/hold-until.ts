import { addDays } from '../calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../calendar/shanghai-time.ts';
import { addWorkingDays, type Calendar } from '../calendar/working-day.ts';
import type { Policy } from '../parameters/policy.ts';
import type { HoldKind } from './hold-kind.ts';

export interface HoldClock {
  /** End of the hold; null = until a fact ends it. */
  readonly untilMs: number | null;
  /** When somebody must have decided; null = nobody has to. */
  readonly decisionDueMs: number | null;
}

/**
 * End of the n-th working day after an instant; the day itself is not counted (L8). An unpublished day counts in favour of
 * the customer: as `'off'` it makes a hold last longer, as `'working'` it makes our own deadline come sooner.
 */
export function endOfWorkingDay(
  sinceMs: number,
  workingDays: number,
  calendar: Calendar,
  ifUndetermined: 'off' | 'working',
): number | undefined {
  const last = addWorkingDays(civilDateAt(sinceMs), workingDays, calendar, ifUndetermined);
  return last === undefined ? undefined : epochMsOf(addDays(last, 1), 0);
}

/**
 * How long a hold lasts and when it must be decided: part payment, or a customer who asks for a plan, three working days (T1.2), a dispute until it is decided,
 * three working days about a stop, five about a bill (L5). `agreedUntilMs` is the end of a plan or deferral (R3).
 * Where no working day can be found at all, the hold stays until a person ends it.
 */
export function holdUntil(
  hold: { kind: HoldKind; sinceMs: number; about?: 'stop' | 'billing'; agreedUntilMs?: number | null },
  policy: Policy,
  calendar: Calendar,
): HoldClock {
  if (hold.kind === 'part-payment' || hold.kind === 'plan-asked')
    return {
      untilMs: endOfWorkingDay(hold.sinceMs, policy.partPaymentHoldWorkingDays, calendar, 'off') ?? null,
      decisionDueMs: null,
    };
  if (hold.kind === 'dispute') {
    const days = hold.about === 'billing' ? policy.billingDisputeWorkingDays : policy.stopDisputeWorkingDays;
    return { untilMs: null, decisionDueMs: endOfWorkingDay(hold.sinceMs, days, calendar, 'working') ?? null };
  }
  return { untilMs: hold.agreedUntilMs ?? null, decisionDueMs: null };
}
