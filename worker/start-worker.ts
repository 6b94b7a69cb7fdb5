import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Db } from '../db/database.ts';
import type { Vault } from '../db/keys/vault.ts';
import { connectEngine, dataConverter, engineClient, failureConverterPath } from '../engine/connect.ts';
import { bookMetrics } from '../metrics/books.ts';
import { outboxMetrics, type OutboxMetrics } from '../metrics/outbox-metrics.ts';
import { queueMetrics } from '../metrics/queue-metrics.ts';
import { systemMetrics } from '../metrics/system-metrics.ts';
import { temporalEngine } from '../systems/engine/temporal-engine.ts';
import type { EnginePort } from '../systems/engine/port.ts';
import { measureSystems } from '../systems/measure.ts';
import type { Systems } from '../systems/systems.ts';
import { TASK_QUEUES } from '../workflows/messages.ts';
import { assembleActivities, type Assembly } from './assemble.ts';
import { bundlerLogger, installEngineLog } from './engine-log.ts';
import { startDispatcher } from './outbox/dispatcher.ts';
import { ensureSchedules } from './schedules.ts';

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
  /** Where the figures of this worker go; without it nothing is counted. */
  readonly registry?: Registry;
  /** Goes around what runs on each task queue; given only by a test that interferes. */
  readonly around?: (acts: Assembly) => Assembly;
}

export interface RunningWorker {
  /** Whether every task queue is polled; false while it drains and when a worker has failed. */
  isTakingWork(): boolean;
  /** Never settles while all is well; rejects when a worker ends by itself. */
  readonly failed: Promise<void>;
  /** Ends after the steps under way have ended. */
  close(): Promise<void>;
}

/** One artefact of the procedure for worker, tests and replay. */
export const buildWorkflowBundle = (log: Logger): Promise<WorkflowBundle> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    failureConverterPath,
    logger: bundlerLogger(log),
  });

/** Longest step plus room: a stopping worker hands nothing back half done. */
const SHUTDOWN_GRACE = '65 seconds';
/** What the carriers take from one company. */
const OUTBOUND_PER_SECOND = 50;

/** Task queues of the worker, as the figures name them. */
const POLLED = [
  { name: TASK_QUEUES.cases, kind: 'workflow' },
  { name: TASK_QUEUES.live, kind: 'activity' },
  { name: TASK_QUEUES.outbound, kind: 'activity' },
  { name: TASK_QUEUES.batch, kind: 'activity' },
] as const;

/** Counts what this worker does; the dispatcher is told where to count. */
function measured(deps: WorkerDeps, engine: EnginePort): WorkerDeps & { outboxMetrics?: OutboxMetrics } {
  const { registry } = deps;
  if (registry === undefined) return deps;
  bookMetrics(registry, deps.db, deps.companyId);
  queueMetrics(registry, engine, POLLED);
  return {
    ...deps,
    systems: measureSystems(deps.systems, systemMetrics(registry)),
    outboxMetrics: outboxMetrics(registry),
  };
}

async function createWorkers(
  deps: WorkerDeps & { engine: EnginePort },
  connection: NativeConnection,
): Promise<Worker[]> {
  const assembled = assembleActivities({ ...deps, db: deps.db.prepared }, deps);
  const acts = deps.around?.(assembled) ?? assembled;
  const common = {
    ...{ connection, namespace: deps.namespace, shutdownGraceTime: SHUTDOWN_GRACE },
    dataConverter: dataConverter(deps.vault.keys),
  };
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
    await Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.batch,
      activities: acts.batch,
      maxConcurrentActivityTaskExecutions: 4,
    }),
  ];
}

/** Starts the Temporal workers, one per task queue, and the outbox dispatcher. */
export async function startWorker(given: WorkerDeps): Promise<RunningWorker> {
  installEngineLog(given.log);
  const connection = await NativeConnection.connect({ address: given.temporalAddress });
  const clientConnection = await connectEngine(given.temporalAddress, given.vault.keys);
  const temporal = engineClient(clientConnection, given.namespace);
  const engine = temporalEngine(temporal);
  const deps = measured(given, engine);
  const workers = await createWorkers({ ...deps, engine }, connection);
  const running = workers.map((worker) => worker.run());
  const ended = Promise.all(running);
  let isClosing = false;
  const failed = new Promise<void>((_, reject) => {
    ended.catch((error: unknown) => {
      deps.log.error({ error: String(error) }, 'a worker ended');
      if (!isClosing) reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
  // Whoever does not listen hears of it at `close`.
  failed.catch(() => undefined);
  await ensureSchedules(temporal, deps.companyId);
  if (deps.systems.anchors.length === 0)
    deps.log.warn('no place for the roots of the audit: set ANCHOR_DIR or ANCHOR_MAIL_TO');
  const dispatcher = await startDispatcher(
    { ...deps, db: deps.db.prepared, temporal },
    deps.companyId,
    deps.log,
  );
  return {
    isTakingWork: () => !isClosing && workers.every((worker) => worker.getState() === 'RUNNING'),
    failed,
    async close() {
      isClosing = true;
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await dispatcher.close();
      await ended;
      await connection.close();
      await clientConnection.close();
    },
  };
}
