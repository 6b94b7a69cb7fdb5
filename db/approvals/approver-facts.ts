import type { Delegation } from '../../rules/approval/facts.ts';
import type { Tx } from '../database.ts';

export interface Signature {
  role: string;
  approverId: string;
  /** In whose place it was signed; the approver's own id where nobody's. */
  forPerson: string;
  decision: 'approve' | 'refuse';
  reason: string;
  occurredAt: string;
}

/** Who has signed an approval so far, first signature first. */
export const readSignatures = (tx: Tx, approvalId: string): Promise<Signature[]> =>
  tx.rows<Signature>(
    `select d.role, d.approver_id as "approverId", coalesce(g.from_person, d.approver_id) as "forPerson", d.decision,
            d.reason, d.occurred_at as "occurredAt"
       from approval_decisions d left join delegations g using (delegation_id) where d.approval_id = $1
      order by d.occurred_at, d.role`,
    [approvalId],
  );

/** What others let this person sign in their place. */
export async function readDelegationsTo(
  tx: Tx,
  toPerson: string,
  roles: readonly string[],
): Promise<Delegation[]> {
  const rows = await tx.rows<Omit<Delegation, 'fromMs' | 'untilMs'> & { from: string; until: string }>(
    `select delegation_id as "delegationId", from_person as "fromPerson", to_person as "toPerson", role,
            valid_from as "from", valid_to as "until"
       from delegations where to_person = $1 and role = any ($2) order by valid_from`,
    [toPerson, roles],
  );
  return rows.map(({ from, until, ...rest }) => ({
    ...rest,
    fromMs: Date.parse(from),
    untilMs: Date.parse(until),
  }));
}

/** Keeps that somebody had the whole file of an approval before them. */
export const keepView = (
  tx: Tx,
  view: { companyId: string; centreId: string; approvalId: string; personId: string },
): Promise<number> =>
  tx.run(
    `insert into approval_views (company_id, centre_id, approval_id, person_id) values ($1, $2, $3, $4)
     on conflict (approval_id, person_id) do nothing`,
    [view.companyId, view.centreId, view.approvalId, view.personId],
  );

export const wasOpenedBy = async (tx: Tx, approvalId: string, personId: string): Promise<boolean> =>
  (await tx.row('select 1 from approval_views where approval_id = $1 and person_id = $2', [
    approvalId,
    personId,
  ])) !== undefined;
