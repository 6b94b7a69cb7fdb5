import { compareDates, type CivilDate } from '../calendar/civil-date.ts';
import type { Reason } from '../verdict.ts';
import type { ApprovalBound } from './facts.ts';

/** What is about to be done, measured against what was approved. */
export interface ActAtHand extends Omit<ApprovalBound, 'slots'> {
  /** The fixed stop day with its T; null while only candidates exist. */
  readonly slot: { readonly stopDate: CivilDate; readonly startMinute: number } | null;
}

/**
 * Does the approval still cover this stop (T3.4)? Same account, meter, debtor and hours; no other bill; principal may have
 * fallen, never risen; late fees may grow without a new approval.
 */
export function isApprovalStillBound(bound: ApprovalBound, act: ActAtHand): Reason[] {
  const clause = 'T3.4';
  const reasons: Reason[] = [];
  if (bound.accountId !== act.accountId) reasons.push({ code: 'approved-for-another-account', clause });
  if (bound.meterNo !== act.meterNo) reasons.push({ code: 'approved-for-another-meter', clause });
  if (bound.debtorId !== act.debtorId) reasons.push({ code: 'approved-for-another-debtor', clause });
  const strangers = act.billIds.filter((billId) => !bound.billIds.includes(billId));
  if (strangers.length > 0)
    reasons.push({ code: 'bill-not-approved', clause, params: { bills: strangers.length } });
  if (act.principalFen > bound.principalFen)
    reasons.push({
      code: 'principal-above-approval',
      clause,
      params: { principalFen: act.principalFen, approvedFen: bound.principalFen },
    });
  const { slot } = act;
  const sameDay = bound.slots.find(
    ({ stopDate }) => slot !== null && compareDates(stopDate, slot.stopDate) === 0,
  );
  if (slot !== null && sameDay === undefined)
    reasons.push({ code: 'day-not-approved', clause, params: { on: slot.stopDate } });
  const isOtherHour = slot !== null && sameDay !== undefined && sameDay.startMinute !== slot.startMinute;
  if (isOtherHour || bound.intervalMinutes !== act.intervalMinutes)
    reasons.push({ code: 'interval-not-approved', clause });
  return reasons;
}
