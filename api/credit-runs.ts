import { randomUUID } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import {
  creditRunWorkflowId,
  RUN_COMMAND,
  TASK_QUEUES,
  WORKFLOWS,
  type CreditRunInput,
  type RunCommand,
} from '../workflows/messages.ts';
import { Problem } from './http/problem.ts';

const STRETCH = 20_000;

const unreachable = (): Problem =>
  new Problem(503, 'procedure-unreachable', { headers: { 'retry-after': '5' } });

/** Starts a run over all accounts; it opens its own books. Returns its id. @throws Problem 503 */
export async function startCreditRun(
  client: Client,
  wish: Omit<CreditRunInput, 'runId' | 'stretch'>,
): Promise<{ runId: string }> {
  const runId = `run-${randomUUID()}`;
  try {
    await client.workflow.start(WORKFLOWS.creditRun, {
      workflowId: creditRunWorkflowId(runId),
      taskQueue: TASK_QUEUES.cases,
      args: [{ ...wish, runId, stretch: STRETCH } satisfies CreditRunInput],
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { runId };
    throw unreachable();
  }
  return { runId };
}

/** Pauses, resumes or gives up a run between two stretches. @throws Problem 409 `run-is-over` | 503 */
export async function commandCreditRun(client: Client, runId: string, command: RunCommand): Promise<void> {
  try {
    await client.workflow.getHandle(creditRunWorkflowId(runId)).signal(RUN_COMMAND, command);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError)
      throw new Problem(409, 'refused-by-procedure', { reasons: [{ code: 'run-is-over', clause: 'G2.1' }] });
    throw unreachable();
  }
}
