/** What can hold a case, as stored. */
export const HOLD_KINDS = [
  'part-payment',
  'plan',
  'plan-asked',
  'deferral',
  'guarantee',
  'dispute',
  'authority-order',
  'claimed-payment',
  'moved-out',
  'protection',
] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** A hold as stored; null `untilMs` = until a fact ends it. */
export interface Hold {
  readonly kind: HoldKind;
  readonly untilMs: number | null;
  readonly endedAtMs: number | null;
}
