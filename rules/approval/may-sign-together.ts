import { verdictOf, type Reason, type Verdict } from '../verdict.ts';

/**
 * May this approval be signed together with others in one act (L7)? Only where one signature is the whole approval, of an
 * ordinary resident, and only by somebody who had its whole file on the screen: a stop is decided by a person, one by one.
 */
export function maySignTogether(facts: {
  category: string;
  requiredRoles: readonly string[];
  protection: 'none' | 'registered' | null;
  wasOpened: boolean;
}): Verdict {
  const reasons: Reason[] = [];
  if (facts.category !== 'resident' || facts.requiredRoles.length > 1)
    reasons.push({ code: 'decided-alone', clause: 'T3.4' });
  if (facts.protection === 'registered') reasons.push({ code: 'protected-decided-alone', clause: 'L11' });
  if (!facts.wasOpened) reasons.push({ code: 'not-opened', clause: 'L7' });
  return verdictOf(reasons, []);
}
