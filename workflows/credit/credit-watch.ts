import { proxyActivities } from '@temporalio/workflow';
import type { CreditActivities, CreditOutboundActivities } from '../../activities/credit/contract.ts';
import { TASK_QUEUES } from '../messages.ts';

const batch = proxyActivities<CreditActivities>({
  taskQueue: TASK_QUEUES.batch,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 20 },
});
const outbound = proxyActivities<CreditOutboundActivities>({
  taskQueue: TASK_QUEUES.outbound,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute', maximumAttempts: 10 },
});

/** What the day brings between two runs: changes that judge somebody anew (K5.3), clocks that run out, messages that wait. */
export async function creditWatch(input: { companyId: string }): Promise<{ judged: number; lapsed: number }> {
  let judged = 0;
  for (let more = true; more;) {
    const page = await batch.workOffCreditDue(input);
    judged += page.judged;
    more = page.more;
  }
  const { lapsed } = await batch.keepMeasures(input);
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    after = (await outbound.sendCreditMessages({ ...input, after: from })).next;
  }
  return { judged, lapsed };
}
