import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../engine/connect.ts';
import { moveCase } from '../../tools/fast-forward/move-case.ts';
import { newAccount } from '../../test/support/town/account.ts';
import { COMPANY, type Town } from '../../test/support/town/town.ts';
import { caseNowMs, caseOffsetMs } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
import { costOf, type Cost } from './count-history.ts';
import { whereaboutsQuery } from '../../workflows/case/context.ts';
import { asked, floor, told, type FloorInput, type FloorStep } from './floor-workflow.ts';

const QUEUE = 'bench-floor';
const DAY_MS = 86_400_000;
const FAR_MS = 200 * DAY_MS;

/** A worker that runs bare workflows whose outside calls answer at once. */
export async function startFloorWorker(town: Town): Promise<() => Promise<void>> {
  const worker = await Worker.create({
    connection: town.engine.nativeConnection,
    namespace: town.engine.namespace,
    dataConverter: dataConverter(town.engine.keys),
    taskQueue: QUEUE,
    workflowsPath: fileURLToPath(new URL('./floor-workflow.ts', import.meta.url)),
    activities: { call: () => Promise.resolve() },
    maxConcurrentWorkflowTaskExecutions: 40,
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
  };
}

/** Plays everybody the workflow waits for, until only time can move it on; otherwise its waits would run out unanswered. */
async function answer(handle: WorkflowHandle<typeof floor>): Promise<void> {
  for (;;) {
    const { stage } = await handle.query(whereaboutsQuery);
    if (stage === 'timer' || stage === 'done') return;
    if (stage === 'signal') await handle.signal(told);
    else if (stage === 'call') await new Promise((resolve) => setTimeout(resolve, 5));
    else await handle.executeUpdate(asked);
  }
}

/**
 * One bare workflow from start to end, moved and answered exactly as a case is. `toldAtStart`: started by the message that is its
 * cause, as a restoration is.
 */
export async function runFloor(
  town: Town,
  name: string,
  steps: readonly FloorStep[],
  toldAtStart = false,
): Promise<Cost> {
  const { accountId } = await newAccount(town);
  const workflowId = `${name}/${accountId}`;
  const [nowMs, offsetMs] = await town.db.tx(wholeCompany(COMPANY), async (tx) => [
    await caseNowMs(tx, accountId),
    await caseOffsetMs(tx, accountId),
  ]);
  const started = { workflowId, taskQueue: QUEUE, args: [{ steps, offsetMs }] as [FloorInput] };
  const handle = toldAtStart
    ? await town.temporal.workflow.signalWithStart(floor, { ...started, signal: told, signalArgs: [] })
    : await town.temporal.workflow.start(floor, started);
  await answer(handle);
  await moveCase({
    connection: town.engine.connection,
    namespace: town.engine.namespace,
    db: town.db,
    companyId: COMPANY,
    accountId,
    workflowId,
    untilMs: nowMs + FAR_MS,
    stepMs: DAY_MS,
    onStep: () => answer(handle),
  });
  return costOf(town.temporal, workflowId);
}
