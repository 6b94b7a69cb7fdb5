import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Db } from '../db/database.ts';
import type { Vault } from '../db/keys/vault.ts';
import type { Systems } from '../systems/systems.ts';
import { TASK_QUEUES } from '../workflows/messages.ts';
import { assembleActivities } from './assemble.ts';
import { bundlerLogger, installEngineLog } from './engine-log.ts';
import { startDispatcher } from './outbox/dispatcher.ts';
import { ensurePaymentWatch } from './schedules.ts';

export interface WorkerDeps {
  readonly db: Db;
  readonly vault: Vault;
  readonly systems: Systems;
  readonly publicUrl: string;
  readonly companyId: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly log: Logger;
  /** Built once with `buildWorkflowBundle` and shared between workers, tests and replay. */
  readonly bundle?: WorkflowBundle;
}

export interface RunningWorker {
  /** Ends after the steps under way have ended. */
  close(): Promise<void>;
}

/** One artefact of the procedure for worker, tests and replay. */
export const buildWorkflowBundle = (log: Logger): Promise<WorkflowBundle> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: bundlerLogger(log),
  });

/** Longest step plus room: a stopping worker hands nothing back half done. */
const SHUTDOWN_GRACE = '65 seconds';
/** What the carriers take from one company. */
const OUTBOUND_PER_SECOND = 50;

async function createWorkers(deps: WorkerDeps, connection: NativeConnection): Promise<Worker[]> {
  const acts = assembleActivities(deps);
  const common = { connection, namespace: deps.namespace, shutdownGraceTime: SHUTDOWN_GRACE };
  const workflowBundle = deps.bundle ?? (await buildWorkflowBundle(deps.log));
  return [
    await Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.cases,
      workflowBundle,
      activities: acts.cases,
      maxConcurrentWorkflowTaskExecutions: 40,
      maxConcurrentLocalActivityExecutions: 60,
    }),
    await Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.live,
      activities: acts.live,
      maxConcurrentActivityTaskExecutions: 60,
    }),
    await Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.outbound,
      activities: acts.outbound,
      maxConcurrentActivityTaskExecutions: 40,
      maxTaskQueueActivitiesPerSecond: OUTBOUND_PER_SECOND,
    }),
  ];
}

/** Starts the Temporal workers, one per task queue, and the outbox dispatcher. */
export async function startWorker(deps: WorkerDeps): Promise<RunningWorker> {
  installEngineLog(deps.log);
  const connection = await NativeConnection.connect({ address: deps.temporalAddress });
  const clientConnection = await Connection.connect({ address: deps.temporalAddress });
  const temporal = new Client({ connection: clientConnection, namespace: deps.namespace });
  const workers = await createWorkers(deps, connection);
  const running = workers.map((worker) => worker.run());
  // A worker that fails takes the process down at `close` or at once, whichever comes first.
  const failed = Promise.all(running);
  failed.catch((error: unknown) => deps.log.error({ error: String(error) }, 'a worker ended'));
  await ensurePaymentWatch(temporal, deps.companyId);
  const dispatcher = await startDispatcher({ ...deps, temporal }, deps.companyId, deps.log);
  return {
    async close() {
      await dispatcher.close();
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await failed;
      await connection.close();
      await clientConnection.close();
    },
  };
}
