import type { Policy } from '../parameters/policy.ts';

/** Roles that must all sign before a stop of such a customer (T3.4, L7); never none. @throws RangeError for an empty row */
export function whoMustApprove(category: keyof Policy['approvalMatrix'], policy: Policy): readonly string[] {
  const roles = policy.approvalMatrix[category];
  if (roles === undefined || roles.length === 0)
    throw new RangeError(`approval matrix names nobody for ${category}`);
  return roles;
}
