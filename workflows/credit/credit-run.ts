import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  patched,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { CreditActivities, CreditOutboundActivities } from '../../activities/credit/contract.ts';
import {
  RUN_COMMAND,
  RUN_PROGRESS,
  TASK_QUEUES,
  type CreditRunInput,
  type RunCommand,
  type RunProgress,
} from '../messages.ts';

const batch = proxyActivities<CreditActivities>({
  taskQueue: TASK_QUEUES.batch,
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '30 seconds',
  retry: {
    initialInterval: '2 seconds',
    maximumInterval: '2 minutes',
    nonRetryableErrorTypes: ['UnsoundPolicy'],
  },
});
const outbound = proxyActivities<CreditOutboundActivities>({
  taskQueue: TASK_QUEUES.outbound,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
});

export const runCommandSignal = defineSignal<[RunCommand]>(RUN_COMMAND);
export const runProgressQuery = defineQuery<RunProgress>(RUN_PROGRESS);

/**
 * Grades (G2.1) or scores (K5.3) all accounts, stretch by stretch; can be paused and given up between two of them. Where it stands is
 * in the database: a crash, a pause or a new worker repeats nothing.
 */
export async function creditRun(input: CreditRunInput): Promise<RunProgress> {
  const runId = input.runId ?? workflowInfo().workflowId;
  const at = { companyId: input.companyId, runId };
  const progress: RunProgress = { runId, status: 'opening', done: 0, total: 0 };
  let wish: RunCommand = 'resume';
  setHandler(runCommandSignal, (command) => {
    if (wish !== 'cancel') wish = command;
  });
  setHandler(runProgressQuery, () => progress);
  const heard = (): RunCommand => wish;

  Object.assign(progress, await batch.openCreditRun({ ...input, runId }), { status: 'running' });
  for (let finished = false; !finished;) {
    if (heard() === 'pause') {
      await batch.setCreditRunStatus({ ...at, status: 'paused' });
      progress.status = 'paused';
      await condition(() => heard() !== 'pause');
      if (heard() === 'resume') await batch.setCreditRunStatus({ ...at, status: 'running' });
      progress.status = 'running';
    }
    if (heard() === 'cancel') {
      await batch.setCreditRunStatus({ ...at, status: 'cancelled' });
      progress.status = 'cancelled';
      return progress;
    }
    const step = await batch.judgeStretch({ ...at, size: input.stretch });
    progress.done = step.done;
    progress.total = step.total;
    finished = step.finished;
    // What was said in this very moment is heard first: the next run of it would not know.
    if (!finished && heard() === 'resume' && workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof creditRun>({ ...input, runId });
  }
  await batch.setCreditRunStatus({ ...at, status: 'done' });
  if (!input.dry && input.kind === 'grade') {
    progress.status = 'telling';
    await tell(at);
  }
  progress.status = 'done';
  return progress;
}

/** Whoever turned yellow is reminded (H2): prepared here, sent by the look that comes every few minutes of the day. A run may end at night. */
async function tell(at: { companyId: string; runId: string }): Promise<void> {
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    after = (await batch.prepareReminders({ ...at, after: from })).next;
  }
  // Runs that began before send theirs themselves.
  if (patched('messages-by-day')) return;
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    after = (await outbound.sendCreditMessages({ companyId: at.companyId, after: from })).next;
  }
}
