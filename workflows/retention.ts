import { proxyActivities } from '@temporalio/workflow';
import type { WatchActivities } from '../activities/contract.ts';
import { TASK_QUEUES } from './messages.ts';

const books = proxyActivities<Pick<WatchActivities, 'sweepRetention'>>({
  taskQueue: TASK_QUEUES.batch,
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '30 seconds',
  scheduleToCloseTimeout: '12 hours',
  retry: { initialInterval: '1 minute', maximumInterval: '30 minutes' },
});

/** Once a night what no law needs any more is forgotten (L9). */
export async function retention(input: { companyId: string }): Promise<{ accounts: number }> {
  const { accounts } = await books.sweepRetention(input);
  return { accounts };
}
