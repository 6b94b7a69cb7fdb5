import { verdictOf, type Reason, type Verdict } from '../verdict.ts';

/** Is a missed restoration explained, with a reason, to the customer and to the leader in charge (T3.3)? */
export function isMissExplained(miss: {
  reason: string | null;
  customerToldAtMs: number | null;
  leaderToldAtMs: number | null;
}): Verdict {
  const reasons: Reason[] = [];
  if (miss.reason === null || miss.reason.trim() === '')
    reasons.push({ code: 'miss-without-reason', clause: 'T3.3' });
  if (miss.customerToldAtMs === null) reasons.push({ code: 'miss-customer-not-told', clause: 'T3.3' });
  if (miss.leaderToldAtMs === null) reasons.push({ code: 'miss-leader-not-told', clause: 'T3.3' });
  return verdictOf(reasons, []);
}
