import { civilDate } from '../../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../../rules/calendar/shanghai-time.ts';
import type { Calendar } from '../../../../rules/calendar/working-day.ts';
import { defaultPolicy } from '../../../../rules/parameters/default-policy.ts';
import type { StopFacts, StopStage } from '../../../../rules/stop/facts.ts';

/** Wednesday 2026-11-11, 10:00 to 11:00; the red notice was served a week before. */
export const STOP_DATE = civilDate('2026-11-11');
export const TICKET_DATE = civilDate('2026-11-10');
export const STOP_AT_MS = epochMsOf(STOP_DATE, 600);
export const MINUTE_MS = 60_000;
export const dayMs = (text: string, minute = 600): number => epochMsOf(civilDate(text), minute);

export const calendar: Calendar = {
  years: {
    '2026': { source: 'test', offDays: [civilDate('2026-10-01')], workdays: [] },
    '2027': { source: 'test', offDays: [civilDate('2027-01-01')], workdays: [] },
  },
  statutory: [civilDate('2026-01-01'), civilDate('2026-10-01'), civilDate('2027-01-01')],
};

const STAGE_TIME: Record<StopStage, number> = {
  plan: dayMs('2026-10-20'),
  red: dayMs('2026-11-04'),
  ticket: epochMsOf(TICKET_DATE, 540),
  'T-45': STOP_AT_MS - 45 * MINUTE_MS,
  'T-30': STOP_AT_MS - 30 * MINUTE_MS,
  'T-0': STOP_AT_MS,
};

/** A stop against which nothing stands at this stage; a test spoils one fact at a time. */
export function lawfulStop(stage: StopStage = 'T-0', over: Partial<StopFacts> = {}): StopFacts {
  const slots = [{ stopDate: STOP_DATE, startMinute: 600, ticketDate: TICKET_DATE }];
  return {
    nowMs: STAGE_TIME[stage],
    policy: defaultPolicy(STOP_DATE),
    calendar,
    accountId: 'acc-1',
    meterNo: 'M-1',
    debtorId: 'D-1',
    category: 'resident',
    customerClass: 'resident',
    protection: 'none',
    movedOutOn: null,
    lateFeePermille: null,
    isCaseOpen: true,
    namedBillIds: ['B-1'],
    bills: [
      {
        billId: 'B-1',
        service: 'electricity',
        openFen: 20_000,
        dueDate: civilDate('2026-09-20'),
        disputed: false,
      },
    ],
    slots,
    intervalMinutes: 60,
    stopAtMs: stage === 'plan' || stage === 'red' ? null : STOP_AT_MS,
    planStatus: 'fixed',
    firstDunningServedAtMs: dayMs('2026-10-05'),
    yellowServedAtMs: dayMs('2026-10-12'),
    red: {
      status: 'served',
      servedAtMs: dayMs('2026-11-04'),
      lastPaymentOn: TICKET_DATE,
      stopAtMs: STOP_AT_MS,
      intervalMinutes: 60,
      sumFen: 21_000,
      billIds: ['B-1'],
    },
    approval: {
      status: 'approved',
      bound: {
        accountId: 'acc-1',
        meterNo: 'M-1',
        debtorId: 'D-1',
        billIds: ['B-1'],
        principalFen: 20_000,
        slots,
        intervalMinutes: 60,
      },
      applicantId: 'reader-1',
      approverIds: ['head-1'],
    },
    authorityReceiptAtMs: null,
    billingAgeSeconds: 1,
    inFlightFen: 0,
    paidSinceRedFen: 0,
    holds: [],
    stopShields: [],
    feeShields: [],
    weather: null,
    contacts: 1,
    seniorDecided: false,
    secondNoticeAtMs: STOP_AT_MS - 40 * MINUTE_MS,
    ticket: { status: 'dispatched', meterNo: 'M-1' },
    onSite: { crewId: 'crew-1', seenMeterNo: 'M-1', inDoubt: false, identified: false },
    ...over,
  };
}
