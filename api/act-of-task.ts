import { endsByWord } from '../intake/desk/finish-task.ts';
import type { Caller, Role } from './http/caller.ts';
import type { TaskItem } from './shapes/task.ts';

/** Whoever may decide on a stop of which nobody knows (T3.6). */
export const SILENT_DECIDERS: readonly Role[] = [
  'station-head',
  'marketing-manager',
  'company-head',
  'company-president',
];
/** Whoever may explain a late restoration (T3.3). */
export const MISS_EXPLAINERS: readonly Role[] = ['team-leader', 'station-head', 'marketing-manager'];

/** What this person can do to end an open task; null: nothing here. */
export function actOfTask(task: { kind: string; role: string }, caller: Caller): TaskItem['act'] {
  const is = (roles: readonly Role[]): boolean => roles.some((role) => caller.roles.includes(role));
  if (task.kind === 'somebody-knows') return is(SILENT_DECIDERS) ? 'decide-for-silent' : null;
  if (task.kind === 'explain-miss') return is(MISS_EXPLAINERS) ? 'explain-miss' : null;
  return endsByWord(task, caller.roles) ? 'finish' : null;
}
