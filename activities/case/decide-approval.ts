import { readDelegationsTo, readSignatures } from '../../db/approvals/approver-facts.ts';
import type { Tx } from '../../db/database.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { takeAccount, type AccountInHand } from '../../intake/take-account.ts';
import { approvalStatus } from '../../rules/approval/approval-status.ts';
import type { ApproverFacts } from '../../rules/approval/facts.ts';
import { mayApprove } from '../../rules/approval/may-approve.ts';
import type { ApprovalAnswer, DecideApproval } from '../../workflows/messages.ts';
import type { CaseMoment } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { approvalIdOf } from './request-approval.ts';
import { answerReasons } from './take-decision.ts';

type Status = ApprovalAnswer['status'];

interface ApprovalRow {
  status: Status;
  applicant_id: string;
  required_roles: string[];
  expires_at: string;
}

const refusedFor = (status: Status, code: string): ApprovalAnswer => ({
  outcome: 'refused',
  status,
  reasons: [{ code, clause: 'T3.4' }],
});

/** Writes one signature and, when it settles the matter, the approval's new status. */
async function sign(
  tx: Tx,
  at: CaseMoment & DecideApproval,
  account: AccountInHand,
  seat: { role: string; delegationId: string | null; status: Status },
): Promise<void> {
  await tx.run(
    `insert into approval_decisions (company_id, centre_id, approval_id, role, approver_id, delegation_id, decision, reason,
                                     occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      at.companyId,
      at.centreId,
      at.approvalId,
      seat.role,
      at.approverId,
      seat.delegationId,
      at.decision,
      at.reason,
      iso(at.nowMs),
    ],
  );
  if (seat.status !== 'pending')
    await tx.run(`update approvals set status = $2, decided_at = $3 where approval_id = $1`, [
      at.approvalId,
      seat.status,
      iso(at.nowMs),
    ]);
  if (seat.status === 'approved')
    await tx.run(
      `update stop_plans set status = 'approved' where case_id = $1 and attempt = $2 and status = 'planned'`,
      [at.caseId, at.attempt],
    );
  await keepRecord(tx, account, {
    action: at.decision === 'approve' ? 'approval.signed' : 'approval.refused',
    factId: `${at.approvalId}/${seat.role}`,
    actor: at.approverId,
    occurredAt: iso(at.nowMs),
    body: {
      approvalId: at.approvalId,
      role: seat.role,
      delegationId: seat.delegationId,
      status: seat.status,
    },
  });
}

/**
 * One person approves or refuses (T3.4, L7): four eyes, one role a person, own or delegated; the stop is approved when every
 * required role has signed. The same person saying the same again changes nothing.
 */
export const decideApproval =
  (deps: ActivityDeps) =>
  (at: CaseMoment & DecideApproval): Promise<ApprovalAnswer> =>
    act(deps, at, async (tx) => {
      const account = await takeAccount(tx, { accountId: at.accountId });
      const row = await tx.row<ApprovalRow>(
        `select status, applicant_id, required_roles, expires_at from approvals where approval_id = $1 for update`,
        [at.approvalId],
      );
      if (row === undefined || at.approvalId !== approvalIdOf(at))
        return refusedFor('void', 'approval-unknown');
      const decided = await readSignatures(tx, at.approvalId);
      const again = decided.some((one) => one.approverId === at.approverId && one.decision === at.decision);
      if (again) return { outcome: 'accepted', status: row.status, reasons: [] };
      const facts: ApproverFacts = {
        nowMs: at.nowMs,
        status: row.status,
        expiresAtMs: Date.parse(row.expires_at),
        applicantId: row.applicant_id,
        requiredRoles: row.required_roles,
        approverId: at.approverId,
        approverRoles: at.approverRoles,
        delegations: await readDelegationsTo(tx, at.approverId, row.required_roles),
        decided,
      };
      if (row.status === 'pending' && at.nowMs >= facts.expiresAtMs) {
        await tx.run(`update approvals set status = 'expired' where approval_id = $1`, [at.approvalId]);
        return refusedFor('expired', 'approval-expired');
      }
      const seat = mayApprove(facts);
      if (seat.outcome === 'refused')
        return { outcome: 'refused', status: row.status, reasons: answerReasons(seat.reasons) };
      const status = approvalStatus(row.required_roles, [
        ...decided,
        { role: seat.role, decision: at.decision },
      ]);
      await sign(tx, at, account, { ...seat, status });
      return { outcome: 'accepted', status, reasons: [] };
    });
