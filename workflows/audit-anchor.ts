import { proxyActivities } from '@temporalio/workflow';
import type { WatchActivities } from '../activities/contract.ts';
import { TASK_QUEUES } from './messages.ts';

const outside = proxyActivities<Pick<WatchActivities, 'anchorAudit'>>({
  taskQueue: TASK_QUEUES.batch,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  scheduleToCloseTimeout: '20 hours',
  retry: { initialInterval: '30 seconds', maximumInterval: '10 minutes' },
});

/** Once a day the root over every audit chain leaves the house (L9). */
export async function auditAnchor(input: {
  companyId: string;
  cutAt?: string;
}): Promise<{ root: string; places: string[] }> {
  return outside.anchorAudit(input);
}
