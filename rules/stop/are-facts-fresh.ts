import { NOTHING_AGAINST, unknown, type Finding, type StopFacts } from './facts.ts';

/** Was billing read just now (T2.6)? By the database's clock; what is older than the policy allows is not known any more. */
export function areFactsFresh(facts: StopFacts): Finding {
  const { billingAgeSeconds: age, policy } = facts;
  if (age === null) return unknown({ code: 'billing-not-read', clause: 'T2.6' });
  if (age <= policy.factsFreshSeconds) return NOTHING_AGAINST;
  return unknown({
    code: 'facts-stale',
    clause: 'T2.6',
    params: { ageSeconds: Math.ceil(age), freshSeconds: policy.factsFreshSeconds },
  });
}
