import type { ApprovalBound } from '../approval/facts.ts';
import type { Calendar } from '../calendar/working-day.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { Hold } from '../holds/hold-kind.ts';
import type { Category, Policy } from '../parameters/policy.ts';
import type { Reason } from '../verdict.ts';

/** When the question is asked, in order of the procedure. */
export const STOP_STAGES = ['plan', 'red', 'ticket', 'T-45', 'T-30', 'T-0'] as const;
export type StopStage = (typeof STOP_STAGES)[number];

/** A named bill as the mirror has it now; whole fen. */
export interface NamedBillNow {
  readonly billId: string;
  readonly service: 'electricity' | 'water' | 'other';
  readonly openFen: number;
  readonly dueDate: CivilDate;
  readonly disputed: boolean;
}

export interface RedNotice {
  readonly status: 'prepared' | 'served' | 'not-served' | 'stale';
  readonly servedAtMs: number | null;
  readonly lastPaymentOn: CivilDate | null;
  /** Stop time as printed or fixed at service. */
  readonly stopAtMs: number | null;
  readonly intervalMinutes: number | null;
  /** The sum that clears, as printed, whole fen. */
  readonly sumFen: number;
  readonly billIds: readonly string[];
}

export interface StopTicket {
  readonly status: 'raised' | 'dispatched' | 'recalled' | 'recall-acknowledged' | 'done' | 'not-done';
  readonly meterNo: string;
}

/** What the crew found at the meter; null `seenMeterNo` = switched from afar, nobody stands there. */
export interface MeterOnSite {
  /** Who asks; `remote` for a switch from afar. */
  readonly crewId: string;
  readonly seenMeterNo: string | null;
  readonly inDoubt: boolean;
  /** The reader who served the notice has identified it (T2.7). */
  readonly identified: boolean;
}

/** Everything `mayStop` needs, read in one go. Instants are case time; ages are database time. */
export interface StopFacts {
  readonly nowMs: number;
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly accountId: string;
  readonly meterNo: string;
  readonly debtorId: string;
  readonly category: Category;
  readonly customerClass: 'resident' | 'non-resident';
  readonly protection: 'none' | 'registered' | null;
  readonly movedOutOn: CivilDate | null;
  /** Contract ratio of the late fee, permille a day; null = the ordinary ones. */
  readonly lateFeePermille: number | null;
  readonly isCaseOpen: boolean;

  /** Bills for which supply is to be stopped; one the mirror does not know is missing in `bills`. */
  readonly namedBillIds: readonly string[];
  readonly bills: readonly NamedBillNow[];
  readonly slots: readonly {
    readonly stopDate: CivilDate;
    readonly startMinute: number;
    readonly ticketDate: CivilDate;
  }[];
  readonly intervalMinutes: number;
  /** Start of the notified interval, fixed by the service of the red notice. */
  readonly stopAtMs: number | null;
  readonly planStatus: 'planned' | 'approved' | 'fixed' | 'slipped' | 'executed' | 'withdrawn' | null;

  readonly firstDunningServedAtMs: number | null;
  readonly yellowServedAtMs: number | null;
  readonly red: RedNotice | null;
  readonly approval: {
    readonly status: 'pending' | 'approved' | 'refused' | 'expired' | 'void';
    readonly bound: ApprovalBound;
    readonly applicantId: string;
    /** Everybody who signed, and everybody somebody signed for. */
    readonly approverIds: readonly string[];
  } | null;
  /** null: no paper was needed or made; the receipt is the authority's (L2.gov). */
  readonly authorityReceiptAtMs: number | null;

  /** Age of the newest live reading of billing, by the database's clock; null = never read. */
  readonly billingAgeSeconds: number | null;
  /** Money taken by a channel and not posted, stored or just read; whole fen. */
  readonly inFlightFen: number;
  /** Standing payments recorded since the red notice was served, whole fen. */
  readonly paidSinceRedFen: number;

  readonly holds: readonly Hold[];
  /** Orders against a stop, whole days, both ends included. */
  readonly stopShields: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  readonly feeShields: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  /** Warning in force on the stop day; null = none is stored. */
  readonly weather: 'none' | 'blue' | 'yellow' | 'orange' | 'red' | null;

  /** Two-way contacts of the case: a signature, an answered call, an opened link, a word in person. */
  readonly contacts: number;
  readonly seniorDecided: boolean;
  /** Customer's acknowledgement or the handset's receipt of the second notice, or told in person; case time of the earliest. */
  readonly secondNoticeAtMs: number | null;
  readonly ticket: StopTicket | null;
  readonly onSite: MeterOnSite | null;
}

/** What one question finds against the stop, and what it would still have to know. */
export interface Finding {
  readonly reasons: readonly Reason[];
  readonly missing: readonly Reason[];
}

export const NOTHING_AGAINST: Finding = { reasons: [], missing: [] };
export const against = (...reasons: Reason[]): Finding => ({ reasons, missing: [] });
export const unknown = (...missing: Reason[]): Finding => ({ reasons: [], missing });
