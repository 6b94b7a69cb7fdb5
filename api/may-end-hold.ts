import type { HoldKind } from '../rules/holds/hold-kind.ts';
import { endsHold, type HoldEnding } from '../rules/holds/what-ends-a-hold.ts';
import type { Reason } from '../rules/verdict.ts';
import { LEADERS, type Caller, type Role } from './http/caller.ts';

/** Endings that a person says; money says the others by itself. */
export const SAID_ENDINGS = [
  'plan-kept',
  'plan-broken',
  'dispute-upheld',
  'dispute-rejected',
  'order-lifted',
  'claim-checked',
  'withdrawn-by-person',
] as const satisfies readonly HoldEnding[];
export type SaidEnding = (typeof SAID_ENDINGS)[number];

export const HOLD_ENDERS: readonly Role[] = [...LEADERS, 'centre'];
/** What protects somebody, or is disputed with us, is ended by a leader. */
const LEADER_ENDS: ReadonlySet<string> = new Set(['dispute', 'authority-order', 'protection']);

const endersOf = (kind: string): readonly Role[] => (LEADER_ENDS.has(kind) ? LEADERS : HOLD_ENDERS);

/** Is this a role that ends holds of this kind? */
export const isEnderOf = (kind: string, caller: Caller): boolean =>
  endersOf(kind).some((role) => caller.roles.includes(role));

/** The endings that fit a hold, and every reason why this person may say none of them (L5, L7). No endings: it ends by itself. */
export function mayEndHold(
  hold: { kind: string; setBy: string },
  caller: Caller,
): { endings: SaidEnding[]; reasons: Reason[] } {
  const endings = SAID_ENDINGS.filter((ending) => endsHold(hold.kind as HoldKind, ending));
  const params = { roles: endersOf(hold.kind).join(', ') };
  return {
    endings,
    reasons: [
      ...(isEnderOf(hold.kind, caller) ? [] : [{ code: 'role-not-asked-for', clause: 'L5', params }]),
      ...(hold.kind === 'dispute' && hold.setBy === caller.personId
        ? [{ code: 'four-eyes', clause: 'L7' }]
        : []),
    ],
  };
}

/** The ending with which whoever set a hold takes it back; null where another person has to end it. */
export function takesBack(kind: string, caller: Caller): SaidEnding | null {
  const { endings, reasons } = mayEndHold({ kind, setBy: caller.personId }, caller);
  if (reasons.length > 0) return null;
  return endings.find((ending) => ending === 'withdrawn-by-person') ?? endings[0] ?? null;
}
