import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';

const { FastForwardPollingResult: Result, WorkflowExecutionStatus: Status } = proto.temporal.api.enums.v1;
// Far above what a case needs; the server's own default of 200 would stop a long case half way.
const maxSkips = 100_000;
const defaultTimeoutMs = 60_000;

/** What a fast-forward did. */
export interface FastForwarded {
  /** `ended`: the workflow completed before the whole duration had passed; its clock stands at its end. */
  readonly outcome: 'moved' | 'ended';
  /** The workflow's clock now (epoch ms): what `Date.now()` inside it says. */
  readonly clockMs: number;
  /** That clock minus real time; what `caseClock` has to add. Exact to the time of one call (a few ms). */
  readonly offsetMs: number;
}

/** Reads a workflow's clock, running or ended. Never fast-forwarded: offset 0. */
export async function workflowClock(
  connection: Connection,
  namespace: string,
  workflowId: string,
): Promise<{ clockMs: number; offsetMs: number; running: boolean }> {
  const askedMs = Date.now();
  const answer = await connection.workflowService.describeWorkflowExecution({
    namespace,
    execution: { workflowId },
  });
  // The server looked at its clock somewhere between question and answer.
  const realMs = Math.round((askedMs + Date.now()) / 2);
  const running = answer.workflowExecutionInfo?.status === Status.WORKFLOW_EXECUTION_STATUS_RUNNING;
  const current = answer.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  const clockMs = current === undefined || current === null ? realMs : tsToMs(current);
  return { clockMs, offsetMs: clockMs - realMs, running };
}

async function configure(
  connection: Connection,
  namespace: string,
  workflowId: string,
  timeSkippingConfig: temporal.api.common.v1.ITimeSkippingConfig,
): Promise<void> {
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { timeSkippingConfig },
    updateMask: { paths: ['time_skipping_config'] },
  });
}

/** Waits for the end of one fast-forward. @returns false when the workflow ended first */
async function awaitCompletion(
  connection: Connection,
  namespace: string,
  workflowId: string,
  fastForwardId: string,
  deadlineMs: number,
): Promise<boolean> {
  for (;;) {
    const answer = await connection.workflowService.pollWorkflowExecutionTimeSkipping({
      namespace,
      workflowExecution: { workflowId },
      fastForwardId,
    });
    if (answer.fastForwardPollingResult === Result.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED)
      return true;
    if (answer.fastForwardPollingResult === Result.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED) {
      if (!(await workflowClock(connection, namespace, workflowId)).running) return false;
      throw new Error(`fast-forward of ${workflowId} failed: ${answer.failedReason}`);
    }
    if (performance.now() > deadlineMs) {
      await configure(connection, namespace, workflowId, { enabled: false });
      throw new Error(`fast-forward of ${workflowId} does not finish: is an activity or a child still open?`);
    }
  }
}

/** Runs a step of a fast-forward; a workflow that ended between two of our questions has not failed. @returns false when it ended */
async function orEnded(
  connection: Connection,
  namespace: string,
  workflowId: string,
  step: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await step();
  } catch (error) {
    if ((await workflowClock(connection, namespace, workflowId)).running) throw error;
    return false;
  }
}

/**
 * Moves one workflow's clock forward by `durationMs`, firing the timers on the way in order, and waits for it.
 * Needs a server started with time skipping. Measured on server 1.32.1 (test/tools/fast-forward.test.ts):
 * - The target is the workflow's clock at the call + duration, and the clock stops there exactly; no later timer fires,
 *   so a workflow that waits on a condition with a far time-out stays there. Afterwards the clock runs on with real time.
 * - `Date.now()` in the workflow = real time + all that was skipped. What is skipped is the duration *less the real time
 *   that the fast-forward itself took*: after several, the offset is a little under the sum of the durations, so take it
 *   from the result, never from a sum.
 * - `Date.now()` shows the time of the workflow task: a workflow that nothing woke at the target sees the new time only
 *   at its next task.
 * - A workflow that completes on the way gives `ended`; its clock stays at the last timer that it reached, not at the target.
 * - Nothing is skipped while an activity, a child or a workflow task is open; a retry's back-off is skipped.
 * @throws Error when the workflow does not exist, the server cannot skip time, or it takes longer than `timeoutMs`
 */
export async function fastForward(
  connection: Connection,
  namespace: string,
  workflowId: string,
  durationMs: number,
  options: { readonly timeoutMs?: number } = {},
): Promise<FastForwarded> {
  if (!Number.isSafeInteger(durationMs) || durationMs <= 0)
    throw new RangeError(`fast-forward by ${durationMs} ms: a positive whole number is needed`);
  const before = await workflowClock(connection, namespace, workflowId);
  if (!before.running) return { outcome: 'ended', clockMs: before.clockMs, offsetMs: before.offsetMs };
  const id = randomUUID();
  const deadlineMs = performance.now() + (options.timeoutMs ?? defaultTimeoutMs);
  const moved = await orEnded(connection, namespace, workflowId, async () => {
    await configure(connection, namespace, workflowId, {
      enabled: true,
      fastForwardConfig: { id, duration: msToTs(durationMs) },
      maxSessionSkipCount: maxSkips,
    });
    return awaitCompletion(connection, namespace, workflowId, id, deadlineMs);
  });
  const { clockMs, offsetMs } = await workflowClock(connection, namespace, workflowId);
  return { outcome: moved ? 'moved' : 'ended', clockMs, offsetMs };
}
