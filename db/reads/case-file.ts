import type { Reason } from '../../rules/verdict.ts';
import type { Tx } from '../database.ts';

export interface CaseHead {
  caseId: string;
  accountId: string;
  accountNo: string;
  centreId: string;
  status: 'open' | 'closed';
  stage: string;
  stageSince: string;
  attempt: number;
  outcome: string | null;
  policyVersion: string;
  launchedBy: string;
  openedAt: string;
  closedAt: string | null;
  category: string;
  nameEnc: Buffer;
  /** Case time now, ISO. */
  nowAt: string;
}

export function readCaseHead(tx: Tx, caseId: string): Promise<CaseHead | undefined> {
  return tx.row<CaseHead>(
    `select c.case_id as "caseId", c.account_id as "accountId", a.account_no as "accountNo", c.centre_id as "centreId",
            c.status, c.stage, c.stage_since as "stageSince", c.attempt, c.outcome, c.policy_version as "policyVersion",
            c.launched_by as "launchedBy", a.category, a.name_enc as "nameEnc", c.opened_at as "openedAt", c.closed_at as "closedAt",
            clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' as "nowAt"
       from cases c join accounts a using (account_id) left join case_clocks k using (account_id) where c.case_id = $1`,
    [caseId],
  );
}

/** What happened, line by line, from the append-only history of the case. */
export const readHistory = (tx: Tx, caseId: string) =>
  tx.rows<{ n: number; at: string; action: string; actor: string; body: Record<string, unknown> }>(
    `select n, occurred_at as at, action, actor, body from audit where chain_id = $1 order by n`,
    [caseId],
  );

export const readPlans = (tx: Tx, caseId: string) =>
  tx.rows<{
    attempt: number;
    status: string;
    stopAt: string | null;
    intervalMinutes: number;
    namedPrincipalFen: number;
    slipReason: string | null;
    candidates: { serviceDate: string; stopDate: string; startMinute: number; ticketDate: string }[];
  }>(
    `select attempt, status, stop_at as "stopAt", interval_minutes as "intervalMinutes",
            named_principal_fen as "namedPrincipalFen", slip_reason as "slipReason", candidates
       from stop_plans where case_id = $1 order by attempt`,
    [caseId],
  );

export const readNotices = (tx: Tx, caseId: string) =>
  tx.rows<{
    noticeId: string;
    kind: string;
    attempt: number;
    status: string;
    sumFen: number;
    lastPaymentOn: string | null;
    stopAt: string | null;
    servedAt: string | null;
  }>(
    `select notice_id as "noticeId", kind, attempt, status, sum_fen as "sumFen", last_payment_on as "lastPaymentOn",
            stop_at as "stopAt", served_at as "servedAt" from notices where case_id = $1 order by occurred_at, notice_id`,
    [caseId],
  );

export const readMessages = (tx: Tx, caseId: string) =>
  tx.rows<{
    messageId: string;
    channel: string;
    purpose: string;
    status: string;
    occurredAt: string;
    deliveredAt: string | null;
    answeredAt: string | null;
    failure: string | null;
  }>(
    `select message_id as "messageId", channel, purpose, status, occurred_at as "occurredAt",
            delivered_at as "deliveredAt", answered_at as "answeredAt", failure
       from messages where case_id = $1 order by occurred_at, message_id`,
    [caseId],
  );

export const readDecisions = (tx: Tx, caseId: string) =>
  tx.rows<{
    question: string;
    outcome: string;
    occurredAt: string;
    rulebookVersion: string;
    reasons: Reason[];
    missing: Reason[];
  }>(
    `select question, outcome, occurred_at as "occurredAt", rulebook_version as "rulebookVersion", reasons, missing
       from decisions where case_id = $1 order by recorded_at`,
    [caseId],
  );

export const readHolds = (tx: Tx, accountId: string) =>
  tx.rows<{
    holdId: string;
    kind: string;
    setBy: string;
    untilAt: string | null;
    decisionDueAt: string | null;
    endedAt: string | null;
    endReason: string | null;
  }>(
    `select hold_id as "holdId", kind, set_by as "setBy", until_at as "untilAt", decision_due_at as "decisionDueAt", ended_at as "endedAt",
            end_reason as "endReason" from holds where account_id = $1 order by recorded_at desc limit 50`,
    [accountId],
  );

export const readTickets = (tx: Tx, caseId: string) =>
  tx.rows<{ ticketId: string; kind: string; status: string; plannedFrom: string; plannedTo: string }>(
    `select ticket_id as "ticketId", kind, status, planned_from as "plannedFrom", planned_to as "plannedTo"
       from tickets where case_id = $1 order by occurred_at`,
    [caseId],
  );

export const readApprovals = (tx: Tx, caseId: string) =>
  tx.rows<{
    approvalId: string;
    attempt: number;
    status: string;
    requiredRoles: string[];
    expiresAt: string;
    applicantId: string;
  }>(
    `select approval_id as "approvalId", attempt, status, required_roles as "requiredRoles", expires_at as "expiresAt",
            applicant_id as "applicantId" from approvals where case_id = $1 order by attempt`,
    [caseId],
  );

export const readStops = (tx: Tx, caseId: string) =>
  tx.rows<{
    stopId: string;
    classification: string;
    inForce: boolean;
    occurredAt: string;
    restoredAt: string | null;
    deadlineAt: string | null;
    missed: boolean | null;
  }>(
    `select s.stop_id as "stopId", s.classification, s.in_force as "inForce", s.occurred_at as "occurredAt",
            s.restored_at as "restoredAt", r.deadline_at as "deadlineAt", r.missed
       from stops s left join restorations r using (stop_id) where s.case_id = $1 order by s.occurred_at`,
    [caseId],
  );

/** What people still have to do in a case, the most urgent first. */
export const readOpenTasks = (tx: Tx, caseId: string) =>
  tx.rows<{
    taskId: string;
    kind: string;
    role: string;
    assignee: string | null;
    ref: string;
    notBefore: string;
    dueAt: string;
  }>(
    `select task_id as "taskId", kind, role, assignee, ref, not_before as "notBefore", due_at as "dueAt" from tasks
      where case_id = $1 and done_at is null order by due_at, task_id`,
    [caseId],
  );
