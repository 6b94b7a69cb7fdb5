/** Where an approval stands after its signatures: one refusal ends it, all required roles together approve (T3.4). */
export function approvalStatus(
  requiredRoles: readonly string[],
  decided: readonly { readonly role: string; readonly decision: 'approve' | 'refuse' }[],
): 'pending' | 'approved' | 'refused' {
  if (decided.some((one) => one.decision === 'refuse')) return 'refused';
  const hasAll = requiredRoles.every((role) => decided.some((one) => one.role === role));
  return hasAll && requiredRoles.length > 0 ? 'approved' : 'pending';
}
