import { compareDates } from '../calendar/civil-date.ts';
import { civilDateAt } from '../calendar/shanghai-time.ts';
import type { Reason } from '../verdict.ts';
import type { ServiceFacts } from './facts.ts';

/** Electronic service counts only at an address agreed to, from the moment the carrier says it arrived (L8). */
export function isElectronicServiceValid(facts: ServiceFacts): { reasons: Reason[]; missing: Reason[] } {
  const reasons: Reason[] = [];
  const missing: Reason[] = [];
  const day = civilDateAt(facts.occurredAtMs);
  const agreed = facts.agreedAddress;
  const isAgreed =
    agreed !== null &&
    compareDates(agreed.agreedOn, day) <= 0 &&
    (agreed.revokedOn === null || compareDates(day, agreed.revokedOn) < 0);
  if (!isAgreed) reasons.push({ code: 'address-not-agreed', clause: 'L8' });
  // What arrives a day late names another stop: the same day, or it does not count.
  if (facts.kind === 'red' && !facts.sentOn.some((sent) => compareDates(sent, day) === 0))
    reasons.push({ code: 'sent-on-another-day', clause: 'L8', params: { on: day } });
  if (facts.receipt === 'failed') reasons.push({ code: 'delivery-failed', clause: 'L8' });
  if (facts.receipt === 'accepted' || facts.receipt === 'none')
    missing.push({ code: 'delivery-receipt-missing', clause: 'L8' });
  return { reasons, missing };
}
