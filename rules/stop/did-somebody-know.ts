import { NOTHING_AGAINST, unknown, type Finding, type StopFacts } from './facts.ts';

/** Has anybody on the other side ever answered (T3.6)? Without one two-way contact a senior has to decide explicitly. */
export const didSomebodyKnow = (facts: StopFacts): Finding =>
  !facts.policy.contactRequired || facts.contacts > 0 || facts.seniorDecided
    ? NOTHING_AGAINST
    : unknown({ code: 'nobody-known-to-know', clause: 'T3.6' });
