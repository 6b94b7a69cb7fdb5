import { against, NOTHING_AGAINST, type Finding, type StopFacts } from './facts.ts';

/** Is whoever carries the stop out somebody else than applicant and approvers (T3.4)? */
export function isExecutorIndependent(facts: StopFacts): Finding {
  const { approval, onSite } = facts;
  if (approval === null || onSite === null) return NOTHING_AGAINST;
  const isInvolved = approval.applicantId === onSite.crewId || approval.approverIds.includes(onSite.crewId);
  return isInvolved
    ? against({ code: 'executor-is-applicant-or-approver', clause: 'T3.4' })
    : NOTHING_AGAINST;
}
