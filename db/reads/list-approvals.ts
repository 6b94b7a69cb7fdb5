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
  bound: { billIds: string[]; principalFen: number } & Record<string, unknown>;
  category: string;
  protection: 'none' | 'registered' | null;
  nameEnc: Buffer;
  /** Case time now, ISO. */
  nowAt: string;
  isOpened: boolean;
  signatures: {
    role: string;
    approverId: string;
    forPerson: string;
    decision: 'approve' | 'refuse';
    at: string;
  }[];
}

const COLUMNS = `p.approval_id as "approvalId", p.case_id as "caseId", c.account_id as "accountId", a.account_no as "accountNo",
       p.centre_id as "centreId", p.status, p.required_roles as "requiredRoles", p.applicant_id as "applicantId",
       p.expires_at as "expiresAt", p.bound, a.category, a.protection, a.name_enc as "nameEnc",
       clock_timestamp() + coalesce((select offset_ms from case_clocks k where k.account_id = a.account_id), 0) * interval '1 ms' as "nowAt",
       exists (select from approval_views v where v.approval_id = p.approval_id and v.person_id = $1) as "isOpened",
       coalesce((select jsonb_agg(jsonb_build_object('role', d.role, 'approverId', d.approver_id, 'decision', d.decision, 'at', d.occurred_at,
                                                     'forPerson', coalesce(g.from_person, d.approver_id)) order by d.occurred_at)
                   from approval_decisions d left join delegations g using (delegation_id)
                  where d.approval_id = p.approval_id), '[]') as signatures`;

/** Approvals that wait for a signature, the soonest to expire first. */
export function listApprovals(
  tx: Tx,
  query: { status: string; personId: string; after: string[] | undefined; limit: number },
): Promise<ApprovalItem[]> {
  return tx.rows<ApprovalItem>(
    `with page as materialized (
       select * from approvals p
        where p.status = $2 and ($3::timestamptz is null or (p.expires_at, p.approval_id) > ($3, $4))
        order by p.expires_at, p.approval_id limit $5
     )
     select ${COLUMNS} from page p join cases c using (case_id) join accounts a on a.account_id = c.account_id
      order by p.expires_at, p.approval_id`,
    [query.personId, query.status, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}

/** `personId` is whoever looks. */
export function findApproval(
  tx: Tx,
  approvalId: string,
  personId: string,
): Promise<ApprovalItem | undefined> {
  return tx.row<ApprovalItem>(
    `select ${COLUMNS} from approvals p join cases c using (case_id) join accounts a on a.account_id = c.account_id
      where p.approval_id = $2`,
    [personId, approvalId],
  );
}
