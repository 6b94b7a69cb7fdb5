import { proxyActivities, proxyLocalActivities, type ActivityOptions } from '@temporalio/workflow';
import type { LiveActivities, OutboundActivities, OwnActivities } from '../../activities/contract.ts';
import { PRIORITY, TASK_QUEUES } from '../messages.ts';

/** Our own database: short, retried until it is back; an outage of ours is a slip of the plan, not of the case. */
export const own = proxyLocalActivities<OwnActivities>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '7 days',
  localRetryThreshold: '10 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '1 minute', nonRetryableErrorTypes: ['IntakeRefused'] },
});
/** Live checks and dispatch: a few quick tries, then the answer is "unknown", which is not permission. */
const LIVE = {
  taskQueue: TASK_QUEUES.live,
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '4 minutes',
  heartbeatTimeout: '15 seconds',
  retry: {
    initialInterval: '1 second',
    maximumInterval: '15 seconds',
    nonRetryableErrorTypes: ['SystemRefused'],
  },
} satisfies ActivityOptions;
export const live = proxyActivities<LiveActivities>({ ...LIVE, priority: PRIORITY.stop });
/** Before the first reminder nothing is urgent. */
export const liveForReminders = proxyActivities<LiveActivities>({ ...LIVE, priority: PRIORITY.reminder });
/** A switch from afar is asked about until it is known what became of it: unknown is neither stopped nor failed. */
export const remote = proxyActivities<Pick<LiveActivities, 'switchOff'>>({
  taskQueue: TASK_QUEUES.live,
  startToCloseTimeout: '90 seconds',
  scheduleToCloseTimeout: '12 hours',
  heartbeatTimeout: '30 seconds',
  priority: PRIORITY.stop,
  retry: {
    initialInterval: '1 second',
    maximumInterval: '30 seconds',
    nonRetryableErrorTypes: ['SystemRefused'],
  },
});
/** Papers for an authority: tried until they arrive. */
export const papers = proxyActivities<Pick<LiveActivities, 'submitPaper'>>({
  taskQueue: TASK_QUEUES.outbound,
  priority: PRIORITY.stop,
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '10 minutes' },
});
const OUTBOUND = {
  taskQueue: TASK_QUEUES.outbound,
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '6 hours',
  retry: {
    initialInterval: '2 seconds',
    maximumInterval: '5 minutes',
    nonRetryableErrorTypes: ['SystemRefused'],
  },
} satisfies ActivityOptions;
/** The call of T-45 has minutes; a reminder has days. */
export const outbound = proxyActivities<OutboundActivities>({ ...OUTBOUND, priority: PRIORITY.stop });
export const outboundForReminders = proxyActivities<OutboundActivities>({
  ...OUTBOUND,
  priority: PRIORITY.reminder,
});

/** A reminder is in no hurry; out of reach for long, it goes the slow way. */
export const reminders = proxyActivities<Pick<OutboundActivities, 'remind'>>({
  taskQueue: TASK_QUEUES.outbound,
  priority: PRIORITY.reminder,
  startToCloseTimeout: '45 seconds',
  scheduleToCloseTimeout: '1 hour',
  retry: {
    initialInterval: '2 seconds',
    maximumInterval: '5 minutes',
    nonRetryableErrorTypes: ['SystemRefused'],
  },
});
