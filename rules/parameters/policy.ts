/** Kinds of accounts, by how much a stop would weigh. */
export type Category =
  'resident' | 'non-resident' | 'dedicated-transformer' | 'important' | 'continuous-process' | 'master-meter';

/** Who may sign in an approval matrix. */
export type ApproverRole =
  'station-head' | 'marketing-manager' | 'company-head' | 'company-president' | 'government-liaison';

/** A company's own way inside the law; a case keeps the one it started with. May be stricter than the law, never softer. */
export interface Policy {
  readonly version: string;
  /** A case opens when a bill is this many days past its due date. */
  readonly overdueDays: number;
  /** Below this open principal nobody is collected from. */
  readonly minimumDebtFen: number;
  readonly firstDunningPeriodDays: number;
  /** Working days that the reader has to serve the yellow notice. */
  readonly yellowServiceDays: number;
  /** Calendar days to pay after the yellow notice, the day of service not counted. */
  readonly yellowPeriodDays: number;
  /** Calendar days from asking for approval to the first day of serving the red notice. */
  readonly approvalDays: number;
  /** How many days the red notice may be served on. */
  readonly candidateDays: number;
  /** All candidate stop days lie within this many days of the first. */
  readonly candidateSpanDays: number;
  /** How far ahead a stop day is looked for. */
  readonly horizonDays: number;
  /** D ≥ due date + this (L2.30). */
  readonly stopAfterDueDays: number;
  /** D = day of proven service + this. */
  readonly noticeDays: number;
  /** The notified interval; its start is T. */
  readonly intervalMinutes: number;
  /** Weekdays (Monday 1) and minutes of the day, Shanghai time, in which a stop may be carried out. */
  readonly stopWindow: {
    readonly weekdays: readonly number[];
    readonly fromMinute: number;
    readonly untilMinute: number;
  };
  /** The customer has to be told by then, minutes before the stop. */
  readonly secondNoticeMinutes: { readonly resident: number; readonly nonResident: number };
  /** Minutes before the stop where 30 minutes apply; all move earlier by what the second notice asks beyond 30. */
  readonly firstCallLeadMinutes: number;
  readonly secondCallLeadMinutes: number;
  readonly smsLeadMinutes: number;
  /** Calls before stops that begin at one time come so many minutes earlier still, each at its own second. */
  readonly callSpreadMinutes: number;
  readonly permitLifeMinutes: number;
  /** Facts older than this permit nothing. */
  readonly factsFreshSeconds: number;
  /** No stop without one two-way contact in the case, or an explicit decision of a senior. */
  readonly contactRequired: boolean;
  readonly partPaymentHoldWorkingDays: number;
  readonly stopDisputeWorkingDays: number;
  readonly billingDisputeWorkingDays: number;
  readonly restoreHours: number;
  readonly restorePromiseHours: number;
  readonly escalationHours: readonly number[];
  /** From this open principal on, the authority gets a report (T3.5). */
  readonly largeArrearsFen: number;
  readonly approvalMatrix: Readonly<Record<Category, readonly ApproverRole[]>>;
  /** Minutes of the day, Shanghai time, in which customers may be written to, called or visited. */
  readonly dunningHours: { readonly fromMinute: number; readonly untilMinute: number };
  readonly minimumLateFeeFen: number;
}
