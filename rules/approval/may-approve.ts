import type { Reason } from '../verdict.ts';
import type { ApproverFacts } from './facts.ts';
import { isDelegationValid } from './is-delegation-valid.ts';

/** In which role a person may sign, by own right or for somebody else; or every reason why not. */
export type ApproverAnswer =
  | { readonly outcome: 'permitted'; readonly role: string; readonly delegationId: string | null }
  | { readonly outcome: 'refused'; readonly reasons: readonly Reason[] };

function aboutTheApproval(facts: ApproverFacts): Reason[] {
  const isExpired =
    facts.status === 'expired' || (facts.status === 'pending' && facts.nowMs >= facts.expiresAtMs);
  if (isExpired) return [{ code: 'approval-expired', clause: 'T3.4' }];
  return facts.status === 'pending' ? [] : [{ code: `approval-already-${facts.status}`, clause: 'T3.4' }];
}

/** Finds the seat: an own role first, then a delegated one; a seat somebody has taken is gone. */
function seatOf(facts: ApproverFacts): { role: string; delegationId: string | null } | undefined {
  const free = facts.requiredRoles.filter((role) => !facts.decided.some((one) => one.role === role));
  const own = free.find((role) => facts.approverRoles.includes(role));
  if (own !== undefined) return { role: own, delegationId: null };
  for (const role of free) {
    const delegation = facts.delegations.find(
      (one) =>
        isDelegationValid(one, { personId: facts.approverId, role, nowMs: facts.nowMs }) &&
        // Neither the applicant nor somebody who has signed already gets a second hand.
        one.fromPerson !== facts.applicantId &&
        !facts.decided.some(
          (signed) => signed.approverId === one.fromPerson || signed.forPerson === one.fromPerson,
        ),
    );
    if (delegation !== undefined) return { role, delegationId: delegation.delegationId };
  }
  return undefined;
}

/** May this person decide on this approval, and in which role? Four eyes; one person fills one role (T3.4, L7). */
export function mayApprove(facts: ApproverFacts): ApproverAnswer {
  const reasons = aboutTheApproval(facts);
  if (facts.approverId === facts.applicantId)
    reasons.push({ code: 'applicant-may-not-approve', clause: 'T3.4' });
  if (facts.decided.some((one) => one.approverId === facts.approverId || one.forPerson === facts.approverId))
    reasons.push({ code: 'already-signed', clause: 'T3.4' });
  const seat = seatOf(facts);
  if (seat === undefined)
    reasons.push({
      code: 'role-not-asked-for',
      clause: 'T3.4',
      params: { roles: facts.requiredRoles.join(', ') },
    });
  return seat === undefined || reasons.length > 0
    ? { outcome: 'refused', reasons }
    : { outcome: 'permitted', ...seat };
}
