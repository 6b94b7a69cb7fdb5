import type { ApprovalBound } from '../../rules/approval/facts.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { HoldKind } from '../../rules/holds/hold-kind.ts';
import type { Policy } from '../../rules/parameters/policy.ts';
import type { NamedBillNow, StopFacts } from '../../rules/stop/facts.ts';
import { readCalendar } from '../calendar/read-calendar.ts';
import type { Tx } from '../database.ts';
import { STOP_FACTS_SQL } from './stop-facts-sql.ts';

type Period = { from: CivilDate; to: CivilDate };

interface Row {
  company_id: string;
  meter_no: string;
  debtor_id: string;
  category: StopFacts['category'];
  customer_class: StopFacts['customerClass'];
  protection: StopFacts['protection'];
  moved_out_on: CivilDate | null;
  late_fee_permille: number | null;
  policy: Policy;
  is_case_open: boolean;
  plan: {
    status: StopFacts['planStatus'];
    candidates: { stopDate: CivilDate; startMinute: number; ticketDate: CivilDate }[];
    intervalMinutes: number;
    stopAt: string | null;
    billIds: string[];
  } | null;
  bills: NamedBillNow[];
  first_served_at: string | null;
  yellow_served_at: string | null;
  red: {
    status: 'prepared' | 'served' | 'not-served' | 'stale';
    servedAt: string | null;
    lastPaymentOn: CivilDate | null;
    stopAt: string | null;
    intervalMinutes: number | null;
    sumFen: number;
    billIds: string[];
  } | null;
  approval: {
    status: 'pending' | 'approved' | 'refused' | 'expired' | 'void';
    bound: ApprovalBound;
    applicantId: string;
    approverIds: string[];
  } | null;
  authority_receipt_at: string | null;
  billing_age_seconds: number | null;
  in_flight_fen: number;
  paid_since_red_fen: number;
  holds: { kind: HoldKind; until: string | null }[];
  stop_shields: Period[];
  fee_shields: Period[];
  weather: StopFacts['weather'];
  contacts: number;
  senior_decided: boolean;
  second_notice_at: string | null;
  ticket: StopFacts['ticket'];
  meter_identified: boolean;
}

/** Which attempt of which case, and what is known only by whoever asks. */
export interface StopQuestion {
  accountId: string;
  caseId: string;
  attempt: number;
  /** Case time, epoch ms. */
  nowMs: number;
  /** What the crew reports from the meter; null before anybody stands there. */
  onSite?: { crewId: string; seenMeterNo: string | null; inDoubt: boolean } | null;
}

const msOf = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));

function planPart(
  row: Row,
): Pick<StopFacts, 'namedBillIds' | 'slots' | 'intervalMinutes' | 'stopAtMs' | 'planStatus'> {
  return {
    namedBillIds: row.plan?.billIds ?? [],
    slots: (row.plan?.candidates ?? []).map(({ stopDate, startMinute, ticketDate }) => ({
      stopDate,
      startMinute,
      ticketDate,
    })),
    intervalMinutes: row.plan?.intervalMinutes ?? row.policy.intervalMinutes,
    stopAtMs: msOf(row.plan?.stopAt ?? null),
    planStatus: row.plan?.status ?? null,
  };
}

function redPart(red: Row['red']): StopFacts['red'] {
  if (red === null) return null;
  const { servedAt, stopAt, ...rest } = red;
  return { ...rest, servedAtMs: msOf(servedAt), stopAtMs: msOf(stopAt) };
}

/** Reads all facts of one attempt under the policy that the case keeps. @throws Error when account or case is not stored */
export async function readStopFacts(tx: Tx, at: StopQuestion): Promise<StopFacts> {
  const row = await tx.row<Row>(STOP_FACTS_SQL, [
    at.caseId,
    at.accountId,
    at.attempt,
    new Date(at.nowMs).toISOString(),
  ]);
  if (row === undefined) throw new Error(`case ${at.caseId} is not stored`);
  const onSite = at.onSite ?? null;
  return {
    nowMs: at.nowMs,
    policy: row.policy,
    calendar: await readCalendar(tx, row.company_id),
    accountId: at.accountId,
    meterNo: row.meter_no,
    debtorId: row.debtor_id,
    category: row.category,
    customerClass: row.customer_class,
    protection: row.protection,
    movedOutOn: row.moved_out_on,
    lateFeePermille: row.late_fee_permille,
    isCaseOpen: row.is_case_open,
    ...planPart(row),
    bills: row.bills,
    firstDunningServedAtMs: msOf(row.first_served_at),
    yellowServedAtMs: msOf(row.yellow_served_at),
    red: redPart(row.red),
    approval: row.approval,
    authorityReceiptAtMs: msOf(row.authority_receipt_at),
    billingAgeSeconds: row.billing_age_seconds,
    inFlightFen: row.in_flight_fen,
    paidSinceRedFen: row.paid_since_red_fen,
    holds: row.holds.map(({ kind, until }) => ({ kind, untilMs: msOf(until), endedAtMs: null })),
    stopShields: row.stop_shields,
    feeShields: row.fee_shields,
    weather: row.weather,
    contacts: row.contacts,
    seniorDecided: row.senior_decided,
    secondNoticeAtMs: msOf(row.second_notice_at),
    ticket: row.ticket,
    onSite: onSite === null ? null : { ...onSite, identified: row.meter_identified },
  };
}
