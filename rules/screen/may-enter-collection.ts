import { compareDates } from '../calendar/civil-date.ts';
import type { Policy } from '../parameters/policy.ts';
import { verdictOf, type Reason, type Verdict } from '../verdict.ts';
import type { ScreenFacts } from './facts.ts';
import { hasEnoughDebt } from './has-enough-debt.ts';
import { reasonsNotToDun } from './may-dun.ts';

/** What forbids the automatic path whatever the debt: protection, master meter, prepaid contract, a shield today. */
function barriers(facts: ScreenFacts): Reason[] {
  const reasons: Reason[] = [];
  if (facts.hasOpenCase) reasons.push({ code: 'case-already-open', clause: 'T2.0' });
  if (facts.hasStopInForce) reasons.push({ code: 'already-stopped', clause: 'L3' });
  if (facts.protection === 'registered') reasons.push({ code: 'protected-person', clause: 'L11' });
  if (facts.category === 'master-meter') reasons.push({ code: 'master-meter', clause: 'L2.oth' });
  if (facts.prepaidContract) reasons.push({ code: 'prepaid-contract', clause: 'L12' });
  const shield = facts.shields.find(
    ({ from, to }) => compareDates(from, facts.today) <= 0 && compareDates(facts.today, to) <= 0,
  );
  if (shield !== undefined)
    reasons.push({ code: 'shield-in-force', clause: 'L10', params: { until: shield.to } });
  return reasons;
}

/** May a case be opened for this account today? Every reason against it is returned, not the first (L2.30, L10–L12). */
export function mayEnterCollection(facts: ScreenFacts, policy: Policy): Verdict {
  const missing: Reason[] =
    facts.protection === null ? [{ code: 'protection-not-asked', clause: 'L11' }] : [];
  // `nothing-overdue` says in one word what hasEnoughDebt says in numbers.
  const promises = reasonsNotToDun(facts).filter((reason) => reason.code !== 'nothing-overdue');
  return verdictOf([...hasEnoughDebt(facts, policy), ...promises, ...barriers(facts)], missing);
}
