import type { CivilDate } from '../calendar/civil-date.ts';
import type { Reason } from '../verdict.ts';
import { lawAt } from './law.ts';
import { lawBounds, procedureBounds, type Bound } from './policy-bounds.ts';
import type { Policy } from './policy.ts';

function boundReason({ name, clause, value, least, most }: Bound): Reason | undefined {
  const params = { name, value };
  if (!Number.isSafeInteger(value)) return { code: 'policy-not-a-whole-number', clause, params };
  if (least !== undefined && value < least)
    return { code: 'policy-below', clause, params: { ...params, least } };
  if (most !== undefined && value > most)
    return { code: 'policy-above', clause, params: { ...params, most } };
  return undefined;
}

function listReasons(policy: Policy): Reason[] {
  const { weekdays } = policy.stopWindow;
  const empty = Object.entries(policy.approvalMatrix).filter(([, roles]) => roles.length === 0);
  const hours = policy.escalationHours;
  return [
    ...(weekdays.length > 0 && weekdays.every((day) => Number.isInteger(day) && day >= 1 && day <= 5)
      ? []
      : [{ code: 'policy-weekdays', clause: 'T2.2' }]),
    ...empty.map(([name]) => ({ code: 'policy-no-approver', clause: 'T3.4', params: { name } })),
    ...(hours.every((hour, i) => hour > (hours[i - 1] ?? 0) && hour < policy.restoreHours)
      ? []
      : [{ code: 'policy-escalation-hours', clause: 'L3' }]),
  ];
}

/** Everything for which a policy may not be published: softer than the law of that day, or without sense. Empty = sound. */
export function checkPolicy(policy: Policy, onDate: CivilDate): Reason[] {
  const bounds = [...lawBounds(policy, lawAt(onDate)), ...procedureBounds(policy)];
  return [...bounds.map(boundReason).filter((reason) => reason !== undefined), ...listReasons(policy)];
}
