import type { Reason } from '../../rules/verdict.ts';
import type { RestorationItem } from '../../db/reads/list-restorations.ts';
import type { Situation } from '../pages/customer/view.ts';
import type { AllowedAction } from '../allowed-actions.ts';
import type { Caller, Role } from '../http/caller.ts';

/** Who speaks with customers and may act on what they say; the routes of these acts name the same roles. */
const ROLES_OF: Readonly<Record<string, readonly Role[]>> = {
  'check-payment': ['clerk-95598', 'reader', 'centre', 'team-leader'],
  'start-restoration': [
    ...([
      'clerk-95598',
      'centre',
      'team-leader',
      'station-head',
      'marketing-manager',
      'company-head',
    ] as const),
  ],
  dispute: ['reader', 'centre', 'clerk-95598', 'team-leader', 'station-head', 'government-liaison'],
  danger: ['reader', 'centre', 'clerk-95598', 'crew', 'team-leader', 'station-head'],
  'confirm-safety': ['crew', 'clerk-95598', 'reader', 'centre'],
  'light-is-on': ['crew', 'clerk-95598', 'centre', 'team-leader'],
};

/** What whoever has the customer on the telephone may do now, and for what they may not: why. */
export function serviceActions(
  { stop }: Situation,
  restoration: RestorationItem | undefined,
  caller: Caller,
): AllowedAction[] {
  const isOff = stop?.inForce === true;
  const isOwed = isOff && stop.isOwed;
  const hindrances: readonly (readonly [string, ...(readonly [boolean, string, string])[]])[] = [
    ['check-payment'],
    ['start-restoration', [!isOff, 'not-stopped', 'L3'], [isOwed, 'restoration-has-begun', 'L3']],
    ['dispute'],
    ['danger'],
    [
      'confirm-safety',
      [!isOwed, 'no-restoration', 'T3.3'],
      [isOwed && (restoration?.safetyConfirmedAt ?? null) !== null, 'safety-is-confirmed', 'T3.3'],
    ],
    ['light-is-on', [!isOwed, 'no-restoration', 'T3.3'], [isOwed && !stop.isUnderWay, 'no-crew-yet', 'T3.3']],
  ];
  return hindrances.map(([action, ...against]) => {
    const roles = ROLES_OF[action] ?? [];
    const reasons: Reason[] = against
      .filter(([stands]) => stands)
      .map(([, code, clause]) => ({ code, clause }));
    if (!roles.some((role) => caller.roles.includes(role)))
      reasons.push({ code: 'role-not-asked-for', clause: 'T3.4', params: { roles: roles.join(', ') } });
    return { action, allowed: reasons.length === 0, reasons };
  });
}
