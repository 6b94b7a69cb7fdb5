import type { Hold } from './hold-kind.ts';

/** Does this hold stop the procedure now? Not once it was ended, nor from the moment it runs out (T1.2, L5). */
export const isHolding = (hold: Hold, nowMs: number): boolean =>
  hold.endedAtMs === null && (hold.untilMs === null || nowMs < hold.untilMs);
