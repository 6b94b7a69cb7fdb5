import type { CivilDate } from '../calendar/civil-date.ts';
import { lawAt } from './law.ts';
import type { Policy } from './policy.ts';

/** Our own defaults [D] on the law of a day; a company publishes its own over them. @throws RangeError for an uncovered day */
export function defaultPolicy(onDate: CivilDate): Policy {
  const law = lawAt(onDate);
  return {
    version: 'default-2026.11',
    overdueDays: 3,
    minimumDebtFen: 5_000,
    firstDunningPeriodDays: 7,
    yellowServiceDays: 3,
    yellowPeriodDays: 7,
    approvalDays: 3,
    candidateDays: 3,
    candidateSpanDays: 14,
    horizonDays: 120,
    stopAfterDueDays: law.stopAfterDueDays,
    noticeDays: law.noticeDays,
    intervalMinutes: 60,
    stopWindow: { weekdays: [2, 3, 4], fromMinute: 540, untilMinute: 900 },
    // One province asks for an hour where nobody lives; the stricter number is the default.
    secondNoticeMinutes: { resident: law.secondNoticeMinutes, nonResident: 60 },
    firstCallLeadMinutes: 45,
    secondCallLeadMinutes: 40,
    smsLeadMinutes: 35,
    // A crew's province stops 2,000 at one time: 15 minutes make that about two calls a second.
    callSpreadMinutes: 15,
    permitLifeMinutes: 10,
    factsFreshSeconds: 60,
    contactRequired: true,
    partPaymentHoldWorkingDays: 3,
    stopDisputeWorkingDays: law.stopDisputeWorkingDays,
    billingDisputeWorkingDays: law.billingDisputeWorkingDays,
    restoreHours: law.restoreHours,
    restorePromiseHours: 12,
    escalationHours: [2, 8, 20],
    largeArrearsFen: 10_000_000,
    approvalMatrix: {
      resident: ['station-head'],
      'non-resident': ['marketing-manager'],
      'dedicated-transformer': ['company-head'],
      important: ['company-head', 'government-liaison'],
      'continuous-process': ['company-head', 'government-liaison'],
      'master-meter': ['company-head', 'government-liaison'],
    },
    dunningHours: { fromMinute: 480, untilMinute: 1200 },
    minimumLateFeeFen: law.minimumLateFeeFen,
  };
}
