import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Backlog, EnginePort, EngineRun, EngineStatus } from './port.ts';

const STATUS: Readonly<Record<string, EngineStatus>> = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed-out',
  CANCELLED: 'canceled',
  CONTINUED_AS_NEW: 'running',
};
const QUEUE_TYPE = { workflow: 1, activity: 2 } as const;

const runOf = (
  info: Pick<WorkflowExecutionInfo, 'workflowId' | 'runId' | 'status' | 'startTime'>,
): EngineRun => ({
  workflowId: info.workflowId,
  runId: info.runId,
  status: STATUS[info.status.name] ?? 'failed',
  startedAtMs: info.startTime.getTime(),
});

/** Temporal behind the engine's port. */
export function temporalEngine(client: Client): EnginePort {
  const { namespace } = client.options;
  const service = client.connection.workflowService;
  async function* list(query: string): AsyncGenerator<EngineRun> {
    for await (const info of client.workflow.list({ query, pageSize: 1_000 })) yield runOf(info);
  }
  return {
    listRunning: (type) => list(`WorkflowType = '${type}' and ExecutionStatus = 'Running'`),
    listFailed: (type, sinceMs) =>
      list(
        `WorkflowType = '${type}' and ExecutionStatus in ('Failed', 'Terminated', 'TimedOut', 'Canceled')` +
          ` and CloseTime > '${new Date(sinceMs).toISOString()}'`,
      ),
    listTroubled: () => list(`TemporalReportedProblems is not null and ExecutionStatus = 'Running'`),
    async describe(workflowId) {
      try {
        return runOf(await client.workflow.getHandle(workflowId).describe());
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    },
    async readInput({ workflowId, runId }) {
      const answer = await service.getWorkflowExecutionHistory({
        namespace,
        execution: { workflowId, runId },
        maximumPageSize: 1,
      });
      const input =
        answer.history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
      if (input === undefined) return undefined;
      const { payloadConverter, payloadCodecs } = client.options.loadedDataConverter;
      let payloads = [input];
      for (const codec of payloadCodecs) payloads = await codec.decode(payloads);
      return (payloadConverter ?? defaultPayloadConverter).fromPayload(payloads[0] ?? input);
    },
    async start({ type, workflowId, taskQueue, input, signal }) {
      const options = {
        workflowId,
        taskQueue,
        args: [input],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      } as const;
      try {
        if (signal === undefined)
          await client.workflow.start(type, { ...options, workflowIdConflictPolicy: 'FAIL' });
        else
          await client.workflow.signalWithStart(type, {
            ...options,
            signal: signal.name,
            signalArgs: [signal.payload],
          });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
    async terminate(workflowId, reason) {
      try {
        await client.workflow.getHandle(workflowId).terminate(reason);
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
    async backlog(taskQueue, kind): Promise<Backlog> {
      const answer = await service.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: QUEUE_TYPE[kind],
        reportStats: true,
      });
      const { stats } = answer;
      return {
        tasks: Number(stats?.approximateBacklogCount ?? 0),
        ageSeconds:
          Number(stats?.approximateBacklogAge?.seconds ?? 0) +
          Number(stats?.approximateBacklogAge?.nanos ?? 0) / 1e9,
      };
    },
  };
}
