import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

const grpcNotFound = 5;
const msPerDay = 86_400_000;

const hasCode = (error: unknown, code: number): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

async function exists(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } catch (error) {
    if (hasCode(error, grpcNotFound)) return false;
    throw error;
  }
}

/** Matching and history both know the namespace once these two questions get their ordinary answers. */
async function isUsable(connection: Connection, namespace: string): Promise<boolean> {
  const service = connection.workflowService;
  try {
    await service.describeTaskQueue({ namespace, taskQueue: { name: 'readiness' }, taskQueueType: 1 });
    await service.describeWorkflowExecution({ namespace, execution: { workflowId: 'readiness' } });
    return true;
  } catch (error) {
    const details = error instanceof Error ? error.message : '';
    return hasCode(error, grpcNotFound) && !/namespace/i.test(details);
  }
}

/**
 * Registers the namespace unless it is there, and waits until workflows can be started in it.
 * @throws Error when it is still unusable after `timeoutMs`
 */
export async function ensureNamespace(
  connection: Connection,
  namespace: string,
  options: { readonly retentionDays?: number; readonly timeoutMs?: number } = {},
): Promise<void> {
  if (!(await exists(connection, namespace))) {
    const retentionMs = (options.retentionDays ?? 90) * msPerDay;
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(retentionMs),
    });
  }
  const deadlineMs = performance.now() + (options.timeoutMs ?? 30_000);
  while (!(await isUsable(connection, namespace))) {
    if (performance.now() > deadlineMs)
      throw new Error(`Temporal's namespace ${namespace} does not become usable`);
    await sleep(50);
  }
}
