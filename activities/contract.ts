import type {
  AnswerReason,
  ApprovalAnswer,
  CaseInput,
  CaseOutcome,
  DecideApproval,
  PermitAnswer,
  RequestPermit,
  Stage,
} from '../workflows/messages.ts';

/** Which case, which attempt, and what time the case says it is. Every act carries it. */
export interface CaseMoment {
  companyId: string;
  centreId: string;
  accountId: string;
  caseId: string;
  attempt: number;
  /** Case time, epoch ms. */
  nowMs: number;
  /** Where the procedure is; shown to people from this act on, unless what the act finds moves it on. */
  inStage?: Stage;
}

/** Everything a waiting procedure needs to know of the stored facts, in one read. */
export interface CaseLook {
  /** The case is over for this reason. */
  ending: CaseOutcome | null;
  /** Something holds the procedure; null `untilMs` = until a fact ends it. */
  hold: { kind: string; untilMs: number | null } | null;
  /** A reason for which the attempt cannot go on: it slips to a new day. */
  slip: string | null;
  firstDunningServed: boolean;
  yellowServed: boolean;
  redServed: { stopAtMs: number; intervalMinutes: number } | null;
  approval: 'none' | 'pending' | 'approved' | 'refused' | 'expired' | 'void';
  authorityReceipt: boolean;
  customerReached: boolean;
  ticket: 'none' | 'open' | 'recalled' | 'done' | 'not-done';
  executed: boolean;
}

export type DunningStep =
  | { kind: 'message'; messageId: string; sendAtMs: number; periodEndsMs: number }
  | { kind: 'visit'; periodEndsMs: number };

export type PlanAnswer =
  | {
      kind: 'planned';
      /** The yellow notice has to be served by the reader until then; null = it stands. */
      yellowDueMs: number | null;
      /** When approval is asked for (the yellow period is over by then). */
      approvalAtMs: number;
      /** One entry per candidate day: the red notice may be served between these case times. */
      serviceWindows: { fromMs: number; untilMs: number }[];
    }
  | { kind: 'none'; tryAgainMs: number };

export interface StopSchedule {
  ticketAtMs: number;
  firstCallAtMs: number;
  secondCallAtMs: number;
  smsAtMs: number;
  lastCheckAtMs: number;
  stopAtMs: number;
  endsAtMs: number;
  /** An important user: the authority's receipt must be there before the ticket. */
  needsAuthority: boolean;
  largeArrears: boolean;
  remoteSwitch: boolean;
}

/** What was seen, and the answer of the step that was to follow; null = what was seen stands in its way, no step was taken. */
export interface Seen<A> {
  look: CaseLook;
  answer: A | null;
}

export interface StepAnswer {
  outcome: 'permitted' | 'refused' | 'undetermined';
  reasons: AnswerReason[];
}

/** Steps on our own database: local activities, at most two seconds each. */
export interface OwnActivities {
  openCase(input: CaseInput & { nowMs: number }): Promise<{ dunningAtMs: number }>;
  prepareFirstDunning(moment: CaseMoment & { round: number }): Promise<DunningStep>;
  planStop(moment: CaseMoment): Promise<PlanAnswer>;
  look(moment: CaseMoment): Promise<CaseLook>;
  /** Looks first. */
  requestApproval(moment: CaseMoment): Promise<Seen<{ expiresAtMs: number }>>;
  decideApproval(moment: CaseMoment & DecideApproval): Promise<ApprovalAnswer>;
  scheduleStop(moment: CaseMoment): Promise<StopSchedule>;
  preparePaper(
    moment: CaseMoment & { kind: 'suspension-copy' | 'large-arrears' },
  ): Promise<{ paperKey: string }>;
  decidePermit(moment: CaseMoment & RequestPermit): Promise<PermitAnswer>;
  prepareSecondNotice(
    moment: CaseMoment & { channel: 'call' | 'sms'; round: number },
  ): Promise<{ messageId: string } | null>;
  slipAttempt(moment: CaseMoment & { reason: string }): Promise<void>;
  closeCase(moment: CaseMoment & { outcome: CaseOutcome; reason: string }): Promise<void>;
}

export type RemoteOutcome = 'executed' | 'failed';

/** Acts on the outside world that concern a running stop: never behind a queue of messages. */
export interface LiveActivities {
  /** Reads billing, stores the observation, hands unseen payments to the money path (idea 3), and looks at what is stored then. */
  readBillingNow(moment: CaseMoment): Promise<CaseLook>;
  /** Each of these reads billing first, and takes its step on what is stored then, where nothing stands in the way. */
  prepareRed(moment: CaseMoment & { untilMs: number }): Promise<Seen<StepAnswer & { messageId?: string }>>;
  /** Raises the ticket and, where a crew goes, gives it to the crew system. */
  sendTicket(moment: CaseMoment & { toCrew: boolean }): Promise<Seen<StepAnswer & { ticketId?: string }>>;
  /** The check at T-45, and the call prepared where it permits. */
  checkAndCall(moment: CaseMoment): Promise<Seen<StepAnswer & { messageId?: string }>>;
  lastCheck(moment: CaseMoment): Promise<Seen<StepAnswer>>;
  dispatchTicket(at: { companyId: string; ticketId: string }): Promise<void>;
  submitPaper(at: { companyId: string; paperKey: string }): Promise<void>;
  switchOff(
    at: CaseMoment & { ticketId: string; permitId: string; expiresAt: string },
  ): Promise<RemoteOutcome>;
}

/** SMS, voice, mail: rate-limited, one message per key whatever happens in between. */
export interface OutboundActivities {
  sendMessage(at: { companyId: string; messageId: string }): Promise<void>;
  /** Reads billing, prepares a round of the first dunning, and sends it where it goes by message and the hour allows. */
  remind(moment: CaseMoment & { round: number }): Promise<Seen<DunningStep>>;
}

export interface RestorationMoment {
  companyId: string;
  centreId: string;
  accountId: string;
  stopId: string;
  nowMs: number;
}

export interface RestorationPlan {
  causeAtMs: number;
  promiseMs: number;
  deadlineMs: number;
  /** Case times at which a higher role is told. */
  escalationsMs: number[];
  /** The end of the day after the deadline's day is the miss's own deadline (T3.3). */
  missDeadlineMs: number;
  ticketId: string;
  remoteSwitch: boolean;
  restored: boolean;
  /** The call that asks whether it is safe to switch on; null = nobody to call, or supply is back. */
  safetyCallId: string | null;
}

/** Clocks of a restoration, case time. */
export type RestorationClocks = Pick<
  RestorationPlan,
  'causeAtMs' | 'escalationsMs' | 'deadlineMs' | 'missDeadlineMs'
>;

/** What a look at a restoration found. */
export interface RestorationSeen {
  restored: boolean;
  messageId: string | null;
  /** Only where they run from an earlier cause than the one that was asked with. */
  clocks?: RestorationClocks;
}

export interface RestorationOwnActivities {
  beginRestoration(moment: RestorationMoment): Promise<RestorationPlan>;
  /** Once proof of supply is stored, the word to the customer is prepared; until then an earlier cause may have moved the clocks. */
  isRestored(moment: RestorationMoment & { causeAtMs: number }): Promise<RestorationSeen>;
  escalateRestoration(moment: RestorationMoment & { rung: number }): Promise<void>;
  /** The clock ran out: recorded, and both explanations prepared; returns the message to the customer. */
  recordMiss(moment: RestorationMoment): Promise<{ messageId: string | null }>;
  raiseReportRung(rung: ReportRung): Promise<{ settled: boolean }>;
}

export interface ReportRung {
  companyId: string;
  centreId: string;
  accountId: string;
  subject: string;
  subjectId: string;
  rung: number;
  toRole: string;
  text: string;
  nowMs: number;
}

export interface RestorationLiveActivities {
  dispatchTicket(at: { companyId: string; ticketId: string }): Promise<void>;
  switchOn(at: RestorationMoment & { round: number }): Promise<RemoteOutcome>;
}

/** The daily watch, the payment feed, and the daily root of the audit. */
export interface WatchActivities {
  /** `cutAt`: database time, ISO; the last midnight where it is left out. */
  anchorAudit(at: { companyId: string; cutAt?: string }): Promise<{ root: string; places: string[] }>;
  sweepRetention(at: { companyId: string }): Promise<{ accounts: number }>;
  readPaymentFeed(at: { companyId: string }): Promise<{ found: number; more: boolean }>;
  watchStops(at: { companyId: string; after: string }): Promise<{ found: number; next: string | null }>;
}

/** The watch over the service itself: what is late or stuck stands as an alarm until it is mended. */
export interface OperationsActivities {
  watchOperations(at: { companyId: string }): Promise<{ raised: number; standing: number; cleared: number }>;
}

/** Which comparison of the books with everything around them; in a dry run nothing is mended. */
export interface ReconcileAt {
  companyId: string;
  reconciliationId: string;
  dryRun: boolean;
}

export interface ReconcilePage {
  compared: number;
  /** Where the next page begins; null at the end. */
  next: string | null;
}

export interface ReconcileActivities {
  beginReconciliation(at: ReconcileAt & { askedBy: string }): Promise<void>;
  compareWorkflows(at: ReconcileAt): Promise<number>;
  comparePermits(at: ReconcileAt): Promise<number>;
  compareTickets(at: ReconcileAt & { after: string }): Promise<ReconcilePage>;
  compareBilling(at: ReconcileAt & { after: string }): Promise<ReconcilePage>;
  compareMeters(at: ReconcileAt & { after: string }): Promise<ReconcilePage>;
  notePart(at: ReconcileAt & { part: string; compared: number | 'failed' }): Promise<void>;
  endReconciliation(at: ReconcileAt): Promise<{ left: number }>;
}
