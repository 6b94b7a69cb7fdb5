import { compareDates } from '../calendar/civil-date.ts';
import { civilDateAt } from '../calendar/shanghai-time.ts';
import { verdictOf, type Reason, type Verdict } from '../verdict.ts';
import type { ServiceFacts } from './facts.ts';
import { isElectronicServiceValid } from './is-electronic-service-valid.ts';
import { isRefusalRecorded } from './is-refusal-recorded.ts';

/** Why a notice in this state cannot be served any more. */
const SETTLED = {
  served: 'notice-served',
  'not-served': 'notice-not-served',
  stale: 'notice-superseded',
} as const;
/** How far a reader's clock may be behind ours. */
const CLOCK_TOLERANCE_MS = 120_000;
const AT_THE_DOOR = new Set(['signature', 'photo', 'refusal']);

/** The right notice, at the right meter, on a day it may be served, not from the future (T2.2). */
function circumstances(facts: ServiceFacts): { reasons: Reason[]; missing: Reason[] } {
  const reasons: Reason[] = [];
  const missing: Reason[] = [];
  if (facts.noticeStatus !== 'prepared') reasons.push({ code: SETTLED[facts.noticeStatus], clause: 'T2.2' });
  if (facts.occurredAtMs > facts.nowMs) reasons.push({ code: 'service-in-the-future', clause: 'L8' });
  if (facts.occurredAtMs < facts.preparedAtMs - CLOCK_TOLERANCE_MS)
    reasons.push({ code: 'service-before-the-notice', clause: 'T2.2' });
  if (AT_THE_DOOR.has(facts.method)) {
    if (facts.meterNoSeen === null) missing.push({ code: 'meter-not-read', clause: 'T2.2' });
    else if (facts.meterNoSeen !== facts.accountMeterNo)
      reasons.push({ code: 'wrong-meter', clause: 'T2.7' });
  }
  const day = civilDateAt(facts.occurredAtMs);
  if (facts.candidateDates !== null && !facts.candidateDates.some((date) => compareDates(date, day) === 0))
    reasons.push({ code: 'outside-service-days', clause: 'T2.2', params: { on: day } });
  return { reasons, missing };
}

function proof(facts: ServiceFacts): { reasons: Reason[]; missing: Reason[] } {
  switch (facts.method) {
    case 'signature':
    case 'photo':
      return facts.proofCount > 0
        ? { reasons: [], missing: [] }
        : { reasons: [{ code: `${facts.method}-without-proof`, clause: 'T2.2' }], missing: [] };
    case 'refusal':
      return { reasons: isRefusalRecorded(facts), missing: [] };
    case 'electronic':
      return isElectronicServiceValid(facts);
    case 'letter': {
      if (facts.kind !== 'first-dunning')
        return { reasons: [{ code: 'letter-is-not-enough', clause: 'T2.2' }], missing: [] };
      if (facts.receipt === 'delivered')
        return facts.proofCount > 0
          ? { reasons: [], missing: [] }
          : { reasons: [{ code: 'letter-without-proof', clause: 'L8' }], missing: [] };
      return facts.receipt === 'failed'
        ? { reasons: [{ code: 'delivery-failed', clause: 'L8' }], missing: [] }
        : { reasons: [], missing: [{ code: 'delivery-receipt-missing', clause: 'L8' }] };
    }
    case 'not-served':
      return { reasons: [{ code: 'not-served', clause: 'T2.2' }], missing: [] };
  }
}

/**
 * Is this notice served (T2.2, L8)? Sending proves nothing; `undetermined` means that the proof may still arrive.
 * A claim of payment at the door keeps the red notice from counting until it is checked (T1.2).
 */
export function isNoticeServed(facts: ServiceFacts): Verdict {
  const around = circumstances(facts);
  const shown = proof(facts);
  const claim: Reason[] =
    facts.claimsPaid && facts.kind === 'red' ? [{ code: 'claims-paid', clause: 'T1.2' }] : [];
  return verdictOf([...around.reasons, ...shown.reasons, ...claim], [...around.missing, ...shown.missing]);
}
