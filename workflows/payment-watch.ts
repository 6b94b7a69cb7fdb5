import { proxyActivities } from '@temporalio/workflow';
import type { WatchActivities } from '../activities/contract.ts';
import { PRIORITY, TASK_QUEUES } from './messages.ts';

const watch = proxyActivities<WatchActivities>({
  taskQueue: TASK_QUEUES.live,
  priority: PRIORITY.restoration,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 20 },
});

/** Looks at the payments of every stopped customer (T3.2) and at the whole payment feed: what a lost webhook missed is found here. */
export async function paymentWatch(input: { companyId: string }): Promise<{ found: number }> {
  let found = 0;
  for (let more = true; more;) {
    const page = await watch.readPaymentFeed(input);
    found += page.found;
    more = page.more;
  }
  for (let after = ''; ;) {
    const page = await watch.watchStops({ ...input, after });
    found += page.found;
    if (page.next === null) return { found };
    after = page.next;
  }
}
