import type { Tx } from '../database.ts';

export interface ApprovalItem {
  approvalId: string;
  caseId: string;
  accountId: string;
  accountNo: string;
  centreId: string;
  status: string;
  requiredRoles: string[];
  applicantId: string;
  expiresAt: string;
  bound: Record<string, unknown>;
  signatures: { role: string; approverId: string; decision: string; at: string }[];
}

const COLUMNS = `p.approval_id as "approvalId", p.case_id as "caseId", c.account_id as "accountId", a.account_no as "accountNo",
       p.centre_id as "centreId", p.status, p.required_roles as "requiredRoles", p.applicant_id as "applicantId",
       p.expires_at as "expiresAt", p.bound,
       coalesce((select jsonb_agg(jsonb_build_object('role', d.role, 'approverId', d.approver_id, 'decision', d.decision,
                                                     'at', d.occurred_at) order by d.occurred_at)
                   from approval_decisions d where d.approval_id = p.approval_id), '[]') as signatures`;

/** Approvals that wait for a signature, the soonest to expire first. */
export function listApprovals(
  tx: Tx,
  query: { status: string; after: string[] | undefined; limit: number },
): Promise<ApprovalItem[]> {
  return tx.rows<ApprovalItem>(
    `select ${COLUMNS} from approvals p join cases c using (case_id) join accounts a on a.account_id = c.account_id
      where p.status = $1 and ($2::timestamptz is null or (p.expires_at, p.approval_id) > ($2, $3))
      order by p.expires_at, p.approval_id limit $4`,
    [query.status, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}

export function findApproval(tx: Tx, approvalId: string): Promise<ApprovalItem | undefined> {
  return tx.row<ApprovalItem>(
    `select ${COLUMNS} from approvals p join cases c using (case_id) join accounts a on a.account_id = c.account_id
      where p.approval_id = $1`,
    [approvalId],
  );
}
