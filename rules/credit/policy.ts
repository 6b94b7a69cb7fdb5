import type { CivilDate } from '../calendar/civil-date.ts';
import type { Colour, Grade, ScoreGrade } from './scheme.ts';

/** What the texts leave open, said in numbers (G1). Each has a name of its own in docs/credit.md. */
export interface GradePolicy {
  /** Days after the due day on which a bill still counts as settled in its month. */
  readonly settledGraceDays: number;
  /** "One month" of arrears: the oldest unpaid bill is older than this many days. */
  readonly oneMonthDays: number;
  readonly twoMonthsDays: number;
  /** "Three years" without theft or violation. */
  readonly offenceYears: number;
  /** "The year" in which every bill is looked at. */
  readonly yearMonths: number;
  /** So long somebody is a new customer, and B. */
  readonly newCustomerMonths: number;
  /** 1: what is owed under an agreed deferral, plan or guarantee is no arrears. */
  readonly deferralRests: 0 | 1;
}

/** The district's table is not public (H1): ours, in days of arrears and counts. */
export interface ColourPolicy {
  /** From so many days of arrears, or late bills within the year, on. */
  readonly yellow: { readonly arrearsDays: number; readonly lateBills: number };
  readonly red: { readonly arrearsDays: number };
  readonly black: { readonly arrearsDays: number };
  /** An established theft or violation of the last so many years makes black; an older one of the last three makes red. */
  readonly blackOffenceYears: number;
}

export const INDICATORS = ['payment', 'conduct', 'safety', 'cooperation'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** Indicators, weights and thresholds of the score (K5). Points are 0–100 for each indicator. */
export interface ScorePolicy {
  /** Per cent; together 100. */
  readonly weights: Readonly<Record<Indicator, number>>;
  /** From so many points on (K5.2: 90/80/70/60). */
  readonly thresholds: Readonly<Record<Exclude<ScoreGrade, 'bad'>, number>>;
  /** Points that are taken off. */
  readonly minus: {
    readonly lateBill: number;
    /** For every ten days of the oldest arrears. */
    readonly tenArrearsDays: number;
    readonly dunnedCase: number;
    readonly stoppedCase: number;
    readonly brokenPlan: number;
    readonly theft: number;
    readonly violation: number;
    readonly failedInspection: number;
    readonly failedEquipment: number;
    readonly badCooperation: number;
    readonly badExternal: number;
    readonly breach: number;
  };
  /** Points that are given on top of the starting ones of co-operation. */
  readonly plus: { readonly cooperation: number; readonly honour: number; readonly goodExternal: number };
  /** Co-operation begins here: nothing known is neither good nor bad. */
  readonly cooperationStart: number;
  /** Events count for so many years. */
  readonly years: number;
  /** A person may move the score by at most so many points (K5.2). */
  readonly adjustmentPoints: number;
  readonly adjustmentMonths: number;
}

/** What the consequences rest on (G3, K6, H5). */
export interface ConsequencePolicy {
  /** Yuan for each kVA of capacity (G3.B–D). */
  readonly prepaymentYuanPerKva: number;
  /** Per cent of it that is asked of each grade. */
  readonly prepaymentSharePercent: Readonly<Record<Exclude<Grade, 'A'>, number>>;
  /** Working days within which a C customer is to have it done (G3.C). */
  readonly offerWorkingDays: number;
  /** Calendar days for an offer that binds nobody (G3.B). */
  readonly suggestionDays: number;
  /** Inspections of a D customer: one a month for so many months (G3.D). */
  readonly inspectionMonths: number;
  /** Inspections of a C customer in the year (G3.C: more often). */
  readonly closeInspectionMonths: number;
  /** Times a month a poorly scored customer is asked to pay (K6.2). */
  readonly paymentsPerMonth: number;
  /** Days that a right may be claimed within (G3.A: yearly inspection). */
  readonly benefitDays: number;
  /** Working days to do what a customer has claimed. */
  readonly claimWorkingDays: number;
  /** Hours before planned works at which A customers are told. */
  readonly outageNoticeHours: number;
  /** A reminder to a C or D customer goes out so many days earlier than the policy's overdue days, never before the bill is overdue. */
  readonly earlierReminderDays: Readonly<Record<Grade, number>>;
  /** Permille of the A customers of a class that are drawn each year (G3.5). */
  readonly drawPermille: number;
}

/** Where a move down needs a person first (L7). */
export interface HarmPolicy {
  readonly grades: readonly Grade[];
  readonly scoreGrades: readonly ScoreGrade[];
  readonly colours: readonly Colour[];
  /** Calendar days the customer has to reply before it takes effect. */
  readonly replyDays: number;
}

/** Clocks of repair and objection (K7, K8, L5). */
export interface RemedyPolicy {
  /** Months without a new breach before a repair is decided (K7.1). */
  readonly cleanMonths: number;
  readonly objectionWorkingDays: number;
  /** With a check outside the company (L5). */
  readonly outsideCheckWorkingDays: number;
  /** Working days to verify an application for repair. */
  readonly verifyWorkingDays: number;
  /** Calendar days between telling a firm and reporting it (H4, L6). */
  readonly publicationNoticeDays: number;
}

/** What the law does not give of itself (L1, L6): off until a basis is recorded, signed by two, and in force. */
export const MEASURES_WITHOUT_BASIS = [
  'price-discount',
  'limit-business',
  'refuse-supply',
  'publication',
  'platform-report',
  'dishonesty-list',
] as const;
export type MeasureWithoutBasis = (typeof MEASURES_WITHOUT_BASIS)[number];

/** All definitions of credit of one company on one day. Dated and published: a run keeps the one it began with. */
export interface CreditPolicy {
  readonly version: string;
  readonly grade: GradePolicy;
  readonly colour: ColourPolicy;
  readonly score: ScorePolicy;
  readonly consequences: ConsequencePolicy;
  readonly harm: HarmPolicy;
  readonly remedies: RemedyPolicy;
  /** Switched on, each only as long as its basis holds. */
  readonly enabled: readonly MeasureWithoutBasis[];
}

/** The first day after which nothing of these parameters is known. */
export interface DatedCreditPolicy {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly value: CreditPolicy;
}
