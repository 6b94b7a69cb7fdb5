import type { Reason } from '../verdict.ts';
import type { Finding, StopFacts } from './facts.ts';

/** Has anything been paid that billing has not posted, or that came since the red notice (T2.6, T1.2)? Then nobody is stopped. */
export function isMoneyInFlight(facts: StopFacts): Finding {
  const reasons: Reason[] = [];
  if (facts.inFlightFen > 0)
    reasons.push({ code: 'money-in-flight', clause: 'T2.6', params: { inFlightFen: facts.inFlightFen } });
  if (facts.paidSinceRedFen > 0)
    reasons.push({
      code: 'payment-since-notice',
      clause: 'T2.6',
      params: { paidFen: facts.paidSinceRedFen },
    });
  return { reasons, missing: [] };
}
