/** Names and shapes that the API, the worker and the workflows share. Ids and numbers only: never a name, phone or address. */

export const TASK_QUEUES = { cases: 'cases', live: 'live', outbound: 'outbound', batch: 'batch' } as const;

/**
 * Who goes first where a task queue is full, 1 before 5: the light that comes back before the stop, the stop before reminders.
 * Recalls never stand in a task queue: the outbox carries them.
 */
export const PRIORITY = {
  restoration: { priorityKey: 1 },
  stop: { priorityKey: 2 },
  reminder: { priorityKey: 4 },
  upkeep: { priorityKey: 5 },
} as const;

/** One account, one open case, one workflow: Temporal itself refuses the second (idea 4). */
export const caseWorkflowId = (accountId: string): string => `case/${accountId}`;
/** One stop, one restoration. */
export const restoreWorkflowId = (stopId: string): string => `restore/${stopId}`;
/** One report upward (a refusal to sign, a late dispute, an unanswered approval …). */
export const reportWorkflowId = (subject: string, subjectId: string): string =>
  `report/${subject}/${subjectId}`;

export const WORKFLOWS = {
  collectionCase: 'collectionCase',
  restoration: 'restoration',
  upwardReport: 'upwardReport',
  paymentWatch: 'paymentWatch',
  operationsWatch: 'operationsWatch',
  reconciliation: 'reconciliation',
  creditRun: 'creditRun',
  creditWatch: 'creditWatch',
  auditAnchor: 'auditAnchor',
  retention: 'retention',
} as const;

/** Argument of `collectionCase`. */
export interface CaseInput {
  companyId: string;
  centreId: string;
  accountId: string;
  caseId: string;
  launchedBy: string;
  /** How far the account's case clock already runs ahead of real time; 0 in production. */
  clockOffsetMs: number;
  /**
   * Set where the case goes on after its workflow was lost: the attempt that its books stand in slips; 0 = it had none yet.
   * Left out at a launch.
   */
  resumeAfterAttempt?: number;
}

/** Argument of `restoration`. */
export interface RestorationInput {
  companyId: string;
  centreId: string;
  accountId: string;
  stopId: string;
  clockOffsetMs: number;
}

/** Argument of `upwardReport`: rungs are climbed one by one until a person acknowledges. */
export interface ReportInput {
  companyId: string;
  centreId: string;
  accountId: string;
  subject:
    | 'refusal'
    | 'restoration'
    | 'approval'
    | 'large-arrears'
    | 'dispute'
    | 'stand-down'
    | 'stuck'
    | 'objection'
    | 'objection-outside'
    | 'repair';
  subjectId: string;
  /** Roles from the lowest rung up. */
  rungs: string[];
  /** Case time of the first rung, epoch ms; a report settled before is never raised. */
  firstRungAtMs: number;
  rungEveryMs: number;
  /** Internal text, ids and numbers only. */
  text: string;
  clockOffsetMs: number;
}

/** Signal to a case, a restoration or a report: a fact is stored; read it. */
export const FACT_SIGNAL = 'factRecorded';
export interface FactSignal {
  kind: string;
  factId: string;
}

/** Update `decideApproval` of a case. */
export const DECIDE_APPROVAL = 'decideApproval';
export interface DecideApproval {
  approvalId: string;
  approverId: string;
  /** Roles of the approver's verified token. */
  approverRoles: string[];
  decision: 'approve' | 'refuse';
  reason: string;
}
export interface ApprovalAnswer {
  outcome: 'accepted' | 'refused';
  /** Where the approval stands after this. */
  status: 'pending' | 'approved' | 'refused' | 'expired' | 'void';
  reasons: AnswerReason[];
}

/** Update `requestPermit` of a case: asked on site, after the right-meter check. */
export const REQUEST_PERMIT = 'requestPermit';
export interface RequestPermit {
  ticketId: string;
  crewId: string;
  /** The meter number read on site. */
  readMeterNo: string;
  /** The crew is not sure that it is the right meter (T2.7): the reader must identify it first. */
  inDoubt: boolean;
}
export interface PermitAnswer {
  outcome: 'permitted' | 'refused' | 'undetermined';
  permitId?: string;
  /** Case time, ISO. */
  expiresAt?: string;
  reasons: AnswerReason[];
}

/** Update `withdraw` of a case: the centre gives it up. */
export const WITHDRAW = 'withdraw';
export interface Withdraw {
  by: string;
  reason: string;
}

export interface AnswerReason {
  code: string;
  clause: string;
  params?: Record<string, string | number>;
}

/** Query of every workflow: where it stands and what it waits for. */
export const WHEREABOUTS = 'whereabouts';
export interface Whereabouts {
  stage: string;
  attempt: number;
  /** Workflow's case time, epoch ms. */
  nowMs: number;
  /** Case time at which it acts next if nothing happens; null = waits for a fact alone. */
  nextWakeMs: number | null;
}

/** Stages of a case as the read model shows them, in order of the procedure. */
export const STAGES = [
  'opening',
  'first-dunning',
  'planning',
  'yellow-service',
  'yellow-period',
  'approval',
  'red-service',
  'notice-period',
  'ticket',
  'second-notice',
  'permit',
  'held',
  'stopped',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];

/** How a case can end. */
export type CaseOutcome = 'paid' | 'withdrawn' | 'moved-out' | 'stopped' | 'refused-approval' | 'guaranteed';

/** Argument of `reconciliation`. */
export interface ReconciliationInput {
  companyId: string;
  /** Left out by the schedule: the workflow makes one. */
  reconciliationId?: string;
  /** Says what differs and mends nothing. */
  dryRun: boolean;
  /** Person id, or `schedule`. */
  askedBy: string;
}
/** One comparison, one workflow. */
export const reconciliationWorkflowId = (reconciliationId: string): string =>
  `reconciliation/${reconciliationId}`;

/** One run of grading or scoring over all accounts. */
export const creditRunWorkflowId = (runId: string): string => `credit-run/${runId}`;

/** Argument of `creditRun`. */
export interface CreditRunInput {
  companyId: string;
  kind: 'grade' | 'score';
  /** A day of the month (of the year) that is judged; null = the last one that is over. */
  month: string | null;
  /** Shows who would move, and moves nobody. */
  dry: boolean;
  startedBy: string;
  /** Null where a schedule starts it: then the workflow's own id serves. */
  runId: string | null;
  /** Accounts of one stretch. */
  stretch: number;
}

/** Signal to a run: wait, go on, or give up. */
export const RUN_COMMAND = 'runCommand';
export type RunCommand = 'pause' | 'resume' | 'cancel';

/** Query of a run. */
export const RUN_PROGRESS = 'runProgress';
export interface RunProgress {
  runId: string;
  status: 'opening' | 'running' | 'paused' | 'telling' | 'done' | 'cancelled';
  done: number;
  total: number;
}

/** Matters of credit that a workflow of their own sees through. */
export const MATTER_KINDS = ['objection', 'repair', 'downgrade', 'export'] as const;
export type MatterKind = (typeof MATTER_KINDS)[number];

/** One matter, one workflow. */
export const matterWorkflowId = (kind: MatterKind, subjectId: string): string =>
  `credit-${kind}/${subjectId}`;

export const MATTER_WORKFLOWS = {
  objection: 'creditObjection',
  repair: 'creditRepair',
  downgrade: 'creditDowngrade',
  export: 'creditExport',
} as const satisfies Record<MatterKind, string>;

/** Argument of each of them. */
export interface MatterInput {
  companyId: string;
  centreId: string;
  accountId: string;
  subjectId: string;
  /** How far the account's case clock already runs ahead of real time; 0 in production. */
  clockOffsetMs: number;
}
