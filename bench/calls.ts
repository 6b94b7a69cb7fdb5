/**
 * Calls before stops that begin at one time: `node bench/calls.ts [calls] [spread in seconds]`. Each is a workflow with a timer, a
 * live check, a call through a queue that takes 50 a second as the worker's does, and the customer's answer as a signal. Their times
 * are the product's own (`lastDayTimes`). Target: none is over later than T-30 (design §9).
 */
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker, bundleWorkflowCode } from '@temporalio/worker';
import { civilDateAt } from '../rules/calendar/shanghai-time.ts';
import { defaultPolicy } from '../rules/parameters/default-policy.ts';
import { slotOf } from '../rules/plan/slot-of.ts';
import { lastDayTimes } from '../rules/plan/stop-schedule.ts';
import setUp from '../test/support/global-setup.ts';
import { testNamespace, type TestNamespace } from '../test/support/temporal.ts';
import { answered, type beforeStop } from './calls/workflow.ts';

const calls = Number(process.argv[2] ?? 2_000);
const spreadSeconds = Number(process.argv[3] ?? 900);
const OUTBOUND_PER_SECOND = 50;
const STARTS_AT_ONCE = 50;
const MINUTE_MS = 60_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function startWorkers(engine: TestNamespace): Promise<Worker[]> {
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./calls/workflow.ts', import.meta.url)),
  });
  const common = { connection: engine.nativeConnection, namespace: engine.namespace };
  return [
    await Worker.create({
      ...common,
      taskQueue: 'bench-cases',
      workflowBundle,
      maxConcurrentWorkflowTaskExecutions: 40,
    }),
    await Worker.create({
      ...common,
      taskQueue: 'bench-live',
      activities: { check: () => Promise.resolve() },
      maxConcurrentActivityTaskExecutions: 60,
    }),
    await Worker.create({
      ...common,
      taskQueue: 'bench-outbound',
      activities: { call: (id: string) => engine.client.workflow.getHandle(id).signal(answered) },
      maxConcurrentActivityTaskExecutions: 40,
      maxTaskQueueActivitiesPerSecond: OUTBOUND_PER_SECOND,
    }),
  ];
}

/** When each is called; the last first call is at T-45. */
function timesOf(stopAtMs: number): number[] {
  const policy = {
    ...defaultPolicy(civilDateAt(stopAtMs)),
    callSpreadMinutes: spreadSeconds / 60,
    dunningHours: { fromMinute: 0, untilMinute: 1_440 },
  };
  return Array.from({ length: calls }, (_, n) => {
    const slot = slotOf(`acc-${(n * 2_654_435_761).toString(16)}`);
    return lastDayTimes({ stopAtMs, intervalMinutes: 60, customerClass: 'resident', slot }, policy)
      .firstCallAtMs;
  });
}

async function run(engine: TestNamespace): Promise<void> {
  const readyMs = (calls / STARTS_AT_ONCE) * 1_500 + 10_000;
  const stopAtMs = Date.now() + readyMs + spreadSeconds * 1_000 + 45 * MINUTE_MS;
  const times = timesOf(stopAtMs);
  const idOf = (n: number): string => `before-stop/${n}`;
  for (let from = 0; from < calls; from += STARTS_AT_ONCE)
    await Promise.all(
      times.slice(from, from + STARTS_AT_ONCE).map((atMs, n) =>
        engine.client.workflow.start<typeof beforeStop>('beforeStop', {
          workflowId: idOf(from + n),
          taskQueue: 'bench-cases',
          args: [{ atMs, workflowId: idOf(from + n) }],
        }),
      ),
    );
  const lateStartMs = Date.now() - Math.min(...times);
  if (lateStartMs > 0)
    say(`the last was started ${Math.round(lateStartMs / 1000)} s after the first was due`);
  await sleep(Math.max(0, stopAtMs - 45 * MINUTE_MS - Date.now()));
  const over: number[] = [];
  for (let n = 0; n < calls; n += 1)
    over.push(await engine.client.workflow.getHandle<typeof beforeStop>(idOf(n)).result());
  const lateness = over.map((endMs, n) => (endMs - (times[n] ?? 0)) / 1_000).toSorted((a, b) => a - b);
  const at = (part: number): string =>
    (lateness[Math.min(calls - 1, Math.floor(calls * part))] ?? Number.NaN).toFixed(1);
  const lastCheckMs = stopAtMs - 30 * MINUTE_MS;
  const load = os.loadavg().map((n) => n.toFixed(1));
  say(`${calls} calls spread over ${spreadSeconds} s; load average ${load.join(' ')}`);
  say(`over after their time: p50 ${at(0.5)} s, p99 ${at(0.99)} s, worst ${at(1)} s`);
  say(`the last was over ${((lastCheckMs - Math.max(...over)) / 1_000).toFixed(0)} s before T-30`);
  say(`later than T-30: ${over.filter((endMs) => endMs > lastCheckMs).length}   (target: none)`);
}

const tearDown = await setUp();
const engine = await testNamespace();
const workers = await startWorkers(engine);
const running = Promise.all(workers.map((worker) => worker.run()));
try {
  await run(engine);
} finally {
  for (const worker of workers) worker.shutdown();
  await running;
  await engine.close();
  await tearDown();
}
