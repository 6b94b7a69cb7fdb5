/** Who stands above whom, from below (T2.2). */
const LADDER = ['team-leader', 'station-head', 'marketing-manager', 'company-head', 'company-president'];

/**
 * May somebody with these roles say that a report was seen? Whoever it was sent to, and everybody above the lowest rung raised:
 * what has reached the top may still be settled by the leader it was first meant for. A role outside the ladder answers only
 * for itself.
 */
export function mayAcknowledge(roles: readonly string[], raisedTo: readonly string[]): boolean {
  if (roles.some((role) => raisedTo.includes(role))) return true;
  const raised = raisedTo.map((role) => LADDER.indexOf(role)).filter((rank) => rank >= 0);
  return raised.length > 0 && roles.some((role) => LADDER.indexOf(role) >= Math.min(...raised));
}
