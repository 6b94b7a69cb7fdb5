import { verdictOf, type Reason, type Verdict } from '../verdict.ts';

const SENIORS: ReadonlySet<string> = new Set([
  'station-head',
  'marketing-manager',
  'company-head',
  'company-president',
]);

/**
 * May this person decide that a stop goes ahead although nobody on the other side ever answered (T3.6, L7)? A senior, never
 * the applicant, and with a reason in words.
 */
export function mayDecideForSilent(wish: {
  personId: string;
  roles: readonly string[];
  applicantId: string;
  reason: string;
}): Verdict {
  const reasons: Reason[] = [];
  if (!wish.roles.some((role) => SENIORS.has(role)))
    reasons.push({ code: 'role-not-asked-for', clause: 'T3.6', params: { roles: [...SENIORS].join(', ') } });
  if (wish.personId === wish.applicantId) reasons.push({ code: 'applicant-may-not-approve', clause: 'T3.4' });
  if (wish.reason.trim() === '') reasons.push({ code: 'decision-without-reason', clause: 'L7' });
  return verdictOf(reasons, []);
}
