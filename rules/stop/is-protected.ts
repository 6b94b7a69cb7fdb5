import { compareDates } from '../calendar/civil-date.ts';
import { civilDateAt } from '../calendar/shanghai-time.ts';
import type { Reason } from '../verdict.ts';
import type { Finding, StopFacts } from './facts.ts';

/** Is this somebody who is never stopped automatically (L11, L2.oth), or somebody nobody has asked, or who is gone? */
export function isProtected(facts: StopFacts): Finding {
  const reasons: Reason[] = [];
  if (facts.protection === 'registered') reasons.push({ code: 'protected-person', clause: 'L11' });
  if (facts.category === 'master-meter') reasons.push({ code: 'master-meter', clause: 'L2.oth' });
  if (facts.movedOutOn !== null && compareDates(facts.movedOutOn, civilDateAt(facts.nowMs)) <= 0)
    reasons.push({ code: 'moved-out', clause: 'T2.2', params: { on: facts.movedOutOn } });
  return {
    reasons,
    missing: facts.protection === null ? [{ code: 'protection-not-asked', clause: 'L11' }] : [],
  };
}
