import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { TASK_QUEUES, WORKFLOWS } from '../workflows/messages.ts';

/** Id of the schedule that runs the payment watch of a company. */
export const watchScheduleId = (companyId: string): string => `payment-watch/${companyId}`;

/**
 * The daily look at the payments of every stopped customer (T3.2), and a shorter one through the day: a lost webhook may
 * not cost a family the evening. Missed runs of the last day are caught up once the server is back.
 */
export async function ensurePaymentWatch(client: Client, companyId: string): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: watchScheduleId(companyId),
      spec: { cronExpressions: ['0 8 * * *', '*/15 * * * *'], timezone: 'Asia/Shanghai' },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
      action: {
        type: 'startWorkflow',
        workflowType: WORKFLOWS.paymentWatch,
        workflowId: watchScheduleId(companyId),
        taskQueue: TASK_QUEUES.cases,
        args: [{ companyId }],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
