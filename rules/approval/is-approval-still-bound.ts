import { compareDates, type CivilDate } from '../calendar/civil-date.ts';
import type { Reason } from '../verdict.ts';
import type { ApprovalBound } from './facts.ts';

/** What is about to be done, measured against what was approved. */
export interface ActAtHand extends Omit<ApprovalBound, 'stopDates'> {
  /** The fixed stop day; null while only candidates exist. */
  readonly stopDate: CivilDate | null;
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
  const { stopDate } = act;
  if (stopDate !== null && !bound.stopDates.some((date) => compareDates(date, stopDate) === 0))
    reasons.push({ code: 'day-not-approved', clause, params: { on: stopDate } });
  if (bound.startMinute !== act.startMinute || bound.intervalMinutes !== act.intervalMinutes)
    reasons.push({ code: 'interval-not-approved', clause });
  return reasons;
}
