import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { creditSchedulesOf } from './credit-schedules.ts';
import { TASK_QUEUES, WORKFLOWS } from '../workflows/messages.ts';

/** Id of the schedule that forgets what no law needs any more. */
export const retentionScheduleId = (companyId: string): string => `retention/${companyId}`;

/** Id of the schedule that puts down the root of a company's audit. */
export const anchorScheduleId = (companyId: string): string => `audit-anchor/${companyId}`;

/** Id of the schedule that runs the payment watch of a company. */
export const watchScheduleId = (companyId: string): string => `payment-watch/${companyId}`;
/** Id of the schedule that looks for what is late or stuck. */
export const operationsScheduleId = (companyId: string): string => `operations-watch/${companyId}`;

/** Id of the schedule that compares the books with everything around them. */
export const reconciliationScheduleId = (companyId: string): string => `reconciliation/${companyId}`;

/** A workflow that time starts. */
export interface Planned {
  readonly scheduleId: string;
  readonly workflowType: string;
  readonly cronExpressions: string[];
  readonly args: [Record<string, unknown>];
  /** How long a missed run is caught up; a day unless told. */
  readonly catchupWindow?: '20 days' | '90 days';
}

/**
 * The daily look at the payments of every stopped customer (T3.2), and a shorter one through the day: a lost webhook may
 * not cost a family the evening. Beside it the watch over the service itself.
 */
const schedulesOf = (companyId: string): Planned[] => [
  {
    scheduleId: watchScheduleId(companyId),
    workflowType: WORKFLOWS.paymentWatch,
    cronExpressions: ['0 8 * * *', '*/15 * * * *'],
    args: [{ companyId }],
  },
  {
    scheduleId: operationsScheduleId(companyId),
    workflowType: WORKFLOWS.operationsWatch,
    cronExpressions: ['*/5 * * * *'],
    args: [{ companyId }],
  },
  {
    scheduleId: reconciliationScheduleId(companyId),
    workflowType: WORKFLOWS.reconciliation,
    // Before the day begins: no stop is planned for these hours.
    cronExpressions: ['30 5 * * *'],
    args: [{ companyId, dryRun: false, askedBy: 'schedule' }],
  },
  {
    scheduleId: anchorScheduleId(companyId),
    workflowType: WORKFLOWS.auditAnchor,
    // When no transaction of the day before is open; what a missed day left out is in the next root.
    cronExpressions: ['30 0 * * *'],
    args: [{ companyId }],
  },
  {
    scheduleId: retentionScheduleId(companyId),
    workflowType: WORKFLOWS.retention,
    cronExpressions: ['0 2 * * *'],
    args: [{ companyId }],
  },
  ...creditSchedulesOf(companyId),
];

/** Ids of every schedule of a company. */
export const scheduleIds = (companyId: string): string[] =>
  schedulesOf(companyId).map(({ scheduleId }) => scheduleId);

/**
 * Makes the schedules, or brings those that are there to what this version asks for; one that an operator has paused stays
 * paused. Missed runs of the last day are caught up once the server is back.
 */
export async function ensureSchedules(client: Client, companyId: string): Promise<void> {
  for (const { scheduleId, workflowType, cronExpressions, args, catchupWindow = '1 day' } of schedulesOf(
    companyId,
  )) {
    const planned = {
      spec: { cronExpressions, timezone: 'Asia/Shanghai' },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow },
      action: {
        type: 'startWorkflow',
        workflowType,
        workflowId: scheduleId,
        taskQueue: TASK_QUEUES.cases,
        args,
      },
    } as const;
    try {
      await client.schedule.create({ scheduleId, ...planned });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...planned, state }));
    }
  }
}
