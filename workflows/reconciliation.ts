import { ActivityFailure, proxyActivities, uuid4 } from '@temporalio/workflow';
import type { ReconcileActivities, ReconcileAt, ReconcilePage } from '../activities/contract.ts';
import { PRIORITY, TASK_QUEUES, type ReconciliationInput } from './messages.ts';

const acts = proxyActivities<ReconcileActivities>({
  taskQueue: TASK_QUEUES.batch,
  priority: PRIORITY.upkeep,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 5 },
});
/** These look through the whole engine. */
const whole = proxyActivities<ReconcileActivities>({
  taskQueue: TASK_QUEUES.batch,
  priority: PRIORITY.upkeep,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 5 },
});

/** One part after the other; one that cannot be compared is said to have failed and does not hold up the rest. */
async function compare(at: ReconcileAt, part: string, work: () => Promise<number>): Promise<void> {
  let compared: number | 'failed';
  try {
    compared = await work();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    compared = 'failed';
  }
  await acts.notePart({ ...at, part, compared });
}

async function allPages(read: (after: string) => Promise<ReconcilePage>): Promise<number> {
  let compared = 0;
  for (let after = ''; ;) {
    const page = await read(after);
    compared += page.compared;
    if (page.next === null) return compared;
    after = page.next;
  }
}

/** Compares the books with engine, crews, billing and meters, and mends or reports every difference. Whoever is in the dark comes first. */
export async function reconciliation(input: ReconciliationInput): Promise<{ left: number }> {
  const { companyId, dryRun, askedBy } = input;
  const at = { companyId, dryRun, reconciliationId: input.reconciliationId ?? uuid4() };
  await acts.beginReconciliation({ ...at, askedBy });
  await compare(at, 'meters', () => allPages((after) => acts.compareMeters({ ...at, after })));
  await compare(at, 'billing', () => allPages((after) => acts.compareBilling({ ...at, after })));
  await compare(at, 'workflows', () => whole.compareWorkflows(at));
  await compare(at, 'tickets', () => allPages((after) => acts.compareTickets({ ...at, after })));
  await compare(at, 'permits', () => whole.comparePermits(at));
  return acts.endReconciliation(at);
}
