import { randomUUID } from 'node:crypto';
import { TASK_QUEUES, WORKFLOWS } from '../../workflows/messages.ts';
import { COMPANY } from '../support/town/town.ts';
import type { Hands } from './hands.ts';

/** One run of the daily watch (T3.2), waited for. */
export async function watchOnce({ stand }: Hands): Promise<void> {
  await stand.temporal.workflow.execute(WORKFLOWS.paymentWatch, {
    workflowId: `evening-watch/${randomUUID()}`,
    taskQueue: TASK_QUEUES.cases,
    args: [{ companyId: COMPANY }],
  });
}
