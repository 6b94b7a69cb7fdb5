import { proxyActivities } from '@temporalio/workflow';
import type { OperationsActivities } from '../activities/contract.ts';
import { PRIORITY, TASK_QUEUES } from './messages.ts';

const watch = proxyActivities<OperationsActivities>({
  taskQueue: TASK_QUEUES.batch,
  priority: PRIORITY.upkeep,
  startToCloseTimeout: '4 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute', maximumAttempts: 3 },
});

/** Looks for cases, restorations, entries and workflows that are late or stuck; what it finds stands as an alarm until it is mended. */
export function operationsWatch(input: {
  companyId: string;
}): Promise<{ raised: number; standing: number; cleared: number }> {
  return watch.watchOperations(input);
}
