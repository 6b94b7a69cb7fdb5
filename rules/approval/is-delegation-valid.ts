import type { Delegation } from './facts.ts';

/** Does this delegation let the person act in the role now? From its start, before its end, never from oneself. */
export const isDelegationValid = (
  delegation: Delegation,
  to: { personId: string; role: string; nowMs: number },
): boolean =>
  delegation.toPerson === to.personId &&
  delegation.fromPerson !== to.personId &&
  delegation.role === to.role &&
  delegation.fromMs <= to.nowMs &&
  to.nowMs < delegation.untilMs;
