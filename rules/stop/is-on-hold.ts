import { isHolding } from '../holds/is-holding.ts';
import type { Finding, StopFacts } from './facts.ts';

/** Does a part payment, plan, dispute, order or claim hold the case (T1.2, L5)? Every hold is named. */
export const isOnHold = (facts: StopFacts): Finding => ({
  reasons: facts.holds
    .filter((hold) => isHolding(hold, facts.nowMs))
    .map(({ kind }) => ({ code: `on-hold-${kind}`, clause: kind === 'dispute' ? 'L5' : 'T1.2' })),
  missing: [],
});
