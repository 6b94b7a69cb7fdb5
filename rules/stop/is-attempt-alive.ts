import { against, NOTHING_AGAINST, type Finding, type StopFacts } from './facts.ts';

/** Is there still a case, and an attempt of it that did not slip (L2.ntc)? */
export function isAttemptAlive(facts: StopFacts): Finding {
  if (!facts.isCaseOpen) return against({ code: 'case-closed', clause: 'T2.8' });
  const { planStatus } = facts;
  if (planStatus === 'slipped' || planStatus === 'withdrawn')
    return against({ code: 'attempt-over', clause: 'L2.ntc' });
  if (planStatus === 'executed') return against({ code: 'already-stopped', clause: 'L3' });
  return NOTHING_AGAINST;
}
