import type { Reason } from '../verdict.ts';
import type { ServiceFacts } from './facts.ts';

/** A refusal to sign counts when the circumstances are written down and a picture or a witness stands behind them (T2.2, L8). */
export function isRefusalRecorded(facts: ServiceFacts): Reason[] {
  const reasons: Reason[] = [];
  if (!facts.hasCircumstances) reasons.push({ code: 'refusal-without-circumstances', clause: 'T2.2' });
  if (facts.proofCount === 0 && !facts.hasWitness)
    reasons.push({ code: 'refusal-without-proof', clause: 'L8' });
  return reasons;
}
