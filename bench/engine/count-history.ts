import type { Client } from '@temporalio/client';

/** What one run cost. */
export interface Cost {
  /** Events of the history; those of time skipping, which exist on test servers only, are left out. */
  readonly events: number;
  /** Billable: start, activities with retries, timers, signals, updates, and one for each task with local activities. */
  readonly actions: number;
  /** What the events are, by kind: timers, calls, messages and the rest. */
  readonly kinds: Readonly<Record<string, number>>;
}

const SKIPPING = ['workflowExecutionOptionsUpdated', 'workflowExecutionTimeSkippingTransitioned'];
const ONE_EACH = [
  'workflowExecutionStarted',
  'activityTaskScheduled',
  'timerStarted',
  'workflowExecutionSignaled',
  'workflowExecutionUpdateAccepted',
];

/** Events that begin something, by the word that the bench prints for it. */
const KINDS: Readonly<Record<string, string>> = {
  workflowTaskCompleted: 'tasks',
  timerStarted: 'timers',
  activityTaskScheduled: 'calls',
  markerRecorded: 'local steps',
  workflowExecutionSignaled: 'signals',
  workflowExecutionUpdateAccepted: 'updates',
  upsertWorkflowSearchAttributes: 'search attributes',
};

/** Counts the history of a run. */
export async function costOf(client: Client, workflowId: string): Promise<Cost> {
  const { events = [] } = await client.workflow.getHandle(workflowId).fetchHistory();
  let [count, actions] = [0, 0];
  const kinds: Record<string, number> = {};
  const tasksWithLocal = new Set<string>();
  for (const event of events ?? []) {
    const has = (name: string): boolean => Reflect.get(event, `${name}EventAttributes`) instanceof Object;
    if (SKIPPING.some(has)) continue;
    count += 1;
    for (const [name, kind] of Object.entries(KINDS)) if (has(name)) kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (ONE_EACH.some(has)) actions += 1;
    const attempt = event.activityTaskStartedEventAttributes?.attempt ?? 1;
    actions += attempt - 1;
    const marker = event.markerRecordedEventAttributes;
    if (marker) tasksWithLocal.add(String(marker.workflowTaskCompletedEventId));
  }
  return { events: count, actions: actions + tasksWithLocal.size, kinds };
}

export const sumOf = (costs: readonly Cost[]): Cost => ({
  events: costs.reduce((sum, { events }) => sum + events, 0),
  actions: costs.reduce((sum, { actions }) => sum + actions, 0),
  kinds: Object.fromEntries(
    Object.values(KINDS).map((kind) => [kind, costs.reduce((sum, { kinds }) => sum + (kinds[kind] ?? 0), 0)]),
  ),
});
