import type { ApprovalBound } from '../../../rules/approval/facts.ts';
import { addDays, civilDate, type CivilDate } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import type { Calendar } from '../../../rules/calendar/working-day.ts';
import type { Hold } from '../../../rules/holds/hold-kind.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import type { PlannedStop } from '../../../rules/plan/choose-stop-plan.ts';
import type { DayCapacity } from '../../../rules/plan/facts.ts';
import type { NamedBillNow, RedNotice, StopFacts, StopTicket } from '../../../rules/stop/facts.ts';

/** A district on paper: what happened is a list, and nothing decides but the rules. */
export const BEGINS = civilDate('2026-08-03');
export const METER = 'M-1';
export const READER = 'reader-1';
export const policy = { ...defaultPolicy(BEGINS), horizonDays: 45 };
export const calendar: Calendar = {
  years: Object.fromEntries(
    ['2026', '2027'].map((year) => [
      year,
      {
        source: 'paper',
        offDays: [1, 2, 3, 4, 5, 6, 7].map((day) => civilDate(`${year}-10-0${day}`)),
        workdays: [civilDate(`${year}-10-10`)],
      },
    ]),
  ),
  statutory: [civilDate('2026-10-01'), civilDate('2027-01-01'), civilDate('2027-10-01')],
};
const crews: Readonly<Record<string, DayCapacity>> = Object.fromEntries(
  Array.from({ length: 700 }, (_, day) => [addDays(BEGINS, day), { stopsFree: 2, restoresFree: 2 }]),
);
export const capacity = crews;

/** What happened, in order; the laws are held against this and not against the rules' own answers. */
export type Happened =
  | {
      kind: 'served';
      notice: 'first' | 'yellow' | 'red';
      atMs: number;
      proofs: number;
      meterNo: string | null;
      method: string;
      hasWitness: boolean;
    }
  | { kind: 'signed'; attempt: number; atMs: number; by: string; bound: ApprovalBound }
  | { kind: 'billing-read'; atMs: number }
  | { kind: 'told-again'; atMs: number }
  | {
      kind: 'permit';
      attempt: number;
      atMs: number;
      untilMs: number;
      stopAtMs: number;
      namedFen: number;
      ticketNo: number;
    }
  | {
      kind: 'stopped';
      atMs: number;
      meterNo: string;
      ticketNo: number;
      called: string;
      wasPermitted: boolean;
    }
  | { kind: 'paid'; id: number; atMs: number; recordedAtMs: number; fen: number }
  | { kind: 'reversed'; id: number; atMs: number }
  | { kind: 'owed'; atMs: number; causeMs: number; deadlineMs: number }
  | { kind: 'restored'; atMs: number };

export interface Attempt {
  readonly no: number;
  readonly plan: PlannedStop;
  status: 'planned' | 'approved' | 'fixed' | 'slipped' | 'executed';
  approval: { status: 'pending' | 'approved'; bound: ApprovalBound; approverIds: string[] } | null;
  red: (RedNotice & { recordedAtMs: number }) | null;
  ticket: (StopTicket & { no: number }) | null;
  secondNoticeAtMs: number | null;
  permit: { atMs: number; untilMs: number; revokedAtMs: number | null; isUsed: boolean } | null;
}

export interface World {
  nowMs: number;
  bills: (NamedBillNow & { principalFen: number })[];
  payments: { id: number; atMs: number; recordedAtMs: number; fen: number; isReversed: boolean }[];
  inFlightFen: number;
  holds: Hold[];
  shields: { from: CivilDate; to: CivilDate }[];
  weather: Record<string, 'none' | 'orange' | 'red'>;
  protection: StopFacts['protection'];
  meterNo: string;
  firstAtMs: number | null;
  yellowAtMs: number | null;
  contacts: number;
  billingReadAtMs: number | null;
  attempts: number;
  attempt: Attempt | null;
  stopInForce: { atMs: number; named: readonly string[]; called: 'lawful' | 'wrongful' | 'race' } | null;
  isRestoring: boolean;
  happened: Happened[];
}

export const newWorld = (dueDaysAgo: number, openFen: number): World => ({
  nowMs: epochMsOf(BEGINS, 600),
  bills: [
    {
      ...{ billId: 'B-1', service: 'electricity', openFen, principalFen: openFen, disputed: false },
      dueDate: addDays(BEGINS, -dueDaysAgo),
    },
  ],
  ...{
    payments: [],
    inFlightFen: 0,
    holds: [],
    shields: [],
    weather: {},
    protection: 'none',
    meterNo: METER,
  },
  ...{ firstAtMs: null, yellowAtMs: null, contacts: 0, billingReadAtMs: null, attempts: 0, attempt: null },
  ...{ stopInForce: null, isRestoring: false, happened: [] },
});

const paidSince = (w: World, sinceMs: number): number =>
  w.payments
    .filter(({ recordedAtMs, isReversed }) => !isReversed && recordedAtMs >= sinceMs)
    .reduce((sum, { fen }) => sum + fen, 0);

/** The facts as the product would read them from its books at this moment. */
export function factsOf(w: World, seenMeterNo: string | null = null): StopFacts {
  const { attempt } = w;
  const named = attempt?.plan.namedBills.map(({ billId }) => billId) ?? [];
  const slots = attempt?.plan.candidates ?? [];
  const stopAtMs = attempt?.red?.stopAtMs ?? null;
  const stopDate = stopAtMs === null ? null : civilDateAt(stopAtMs);
  return {
    ...{ nowMs: w.nowMs, policy, calendar, accountId: 'acc-1', meterNo: w.meterNo, debtorId: 'D-1' },
    ...{ category: 'resident', customerClass: 'resident', protection: w.protection, movedOutOn: null },
    ...{ lateFeePermille: null, isCaseOpen: true, namedBillIds: named },
    bills: w.bills.filter(({ billId }) => named.includes(billId)),
    ...{ slots, intervalMinutes: policy.intervalMinutes, stopAtMs, planStatus: attempt?.status ?? null },
    ...{ firstDunningServedAtMs: w.firstAtMs, yellowServedAtMs: w.yellowAtMs },
    red: attempt?.red ?? null,
    approval:
      attempt?.approval === null || attempt?.approval === undefined
        ? null
        : { ...attempt.approval, applicantId: READER },
    authorityReceiptAtMs: null,
    billingAgeSeconds: w.billingReadAtMs === null ? null : (w.nowMs - w.billingReadAtMs) / 1000,
    inFlightFen: w.inFlightFen,
    paidSinceRedFen: attempt?.red ? paidSince(w, attempt.red.recordedAtMs) : 0,
    ...{ holds: w.holds, stopShields: w.shields, feeShields: [] },
    weather: stopDate === null ? null : (w.weather[stopDate] ?? null),
    ...{ contacts: w.contacts, seniorDecided: false, secondNoticeAtMs: attempt?.secondNoticeAtMs ?? null },
    ticket: attempt?.ticket ?? null,
    onSite:
      seenMeterNo === null ? null : { crewId: 'crew-1', seenMeterNo, inDoubt: false, identified: false },
  };
}
