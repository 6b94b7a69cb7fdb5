import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataConverter } from '../../engine/connect.ts';
import { bundlerLogger } from '../../worker/engine-log.ts';
import { testNamespace, type TestNamespace } from '../support/temporal.ts';
import { ask, atOnce, inTurn } from './support/beside.ts';

const taskQueue = 'beside';
const begun: string[] = [];
let engine: TestNamespace;
let workflowBundle: WorkflowBundle;
let worker: Worker;
let running: Promise<void>;
beforeAll(async () => {
  engine = await testNamespace();
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./support/beside.ts', import.meta.url)),
    logger: bundlerLogger(pino({ level: 'silent' })),
  });
  worker = await Worker.create({
    connection: engine.nativeConnection,
    namespace: engine.namespace,
    dataConverter: dataConverter(engine.keys),
    ...{ taskQueue, workflowBundle },
    activities: {
      slow: async (ms: number) => {
        begun.push('slow');
        await pause(ms);
      },
      quick: () => void begun.push('quick'),
    },
  });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await engine.close();
});

/** Runs it to its end on one worker, and reads what was written down as a worker does that takes it over. */
async function replayed(workflow: () => Promise<void>): Promise<void> {
  const workflowId = workflow.name;
  const begins = new WithStartWorkflowOperation(workflow, {
    ...{ taskQueue, workflowId, workflowIdConflictPolicy: 'FAIL' },
  });
  await engine.client.workflow.executeUpdateWithStart(ask, { startWorkflowOperation: begins });
  const handle = await begins.workflowHandle();
  await handle.signal('done');
  await handle.result();
  const history = await handle.fetchHistory();
  const converter = dataConverter(engine.keys);
  await Worker.runReplayHistory({ workflowBundle, dataConverter: converter }, history, workflowId);
}

test('72: steps beside each other are read anew by the next worker as the first one took them', async () => {
  await expect(replayed(inTurn)).resolves.toBeUndefined();
  expect(begun.toSorted()).toEqual(['quick', 'slow']);
});

test('two local steps at once, which is what this guards against, cannot be read again', async () => {
  await expect(replayed(atOnce)).rejects.toThrow(DeterminismViolationError);
});
