/** Roles told as a restoration grows late, one per escalation hour (T3.3): 2, 8 and 20 hours after the cause by default. */
const LADDER = [
  'team-leader',
  'station-head',
  'marketing-manager',
  'company-head',
  'company-president',
] as const;

/** Role of one rung, counted from 1; beyond the top it stays at the top. */
export const restorationRungRole = (rung: number): (typeof LADDER)[number] =>
  LADDER[Math.min(Math.max(rung, 1), LADDER.length) - 1] ?? 'company-president';
