import type { HoldKind } from './hold-kind.ts';

/** Facts that end a hold before its time; what follows is a new plan, never a continued countdown. */
export type HoldEnding =
  | 'paid'
  | 'reversed'
  | 'plan-kept'
  | 'plan-broken'
  | 'dispute-upheld'
  | 'dispute-rejected'
  | 'order-lifted'
  | 'claim-checked'
  | 'withdrawn-by-person';

const ENDS: Readonly<Record<HoldKind, readonly HoldEnding[]>> = {
  'part-payment': ['paid', 'reversed'],
  plan: ['paid', 'plan-kept', 'plan-broken', 'withdrawn-by-person'],
  'plan-asked': ['paid', 'withdrawn-by-person'],
  deferral: ['paid', 'plan-kept', 'plan-broken', 'withdrawn-by-person'],
  guarantee: ['paid', 'plan-broken', 'withdrawn-by-person'],
  dispute: ['dispute-upheld', 'dispute-rejected', 'withdrawn-by-person'],
  'authority-order': ['order-lifted'],
  'claimed-payment': ['paid', 'claim-checked'],
  'moved-out': ['withdrawn-by-person'],
  protection: ['withdrawn-by-person'],
};

/** Does this fact end a hold of this kind (L5, L10, T1.2)? An authority's order is lifted by an authority, not by payment. */
export const endsHold = (kind: HoldKind, ending: HoldEnding): boolean => ENDS[kind].includes(ending);
