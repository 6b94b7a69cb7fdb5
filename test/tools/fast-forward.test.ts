import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataConverter } from '../../engine/connect.ts';
import { testNamespace } from '../support/temporal.ts';
import type { TestNamespace } from '../support/temporal.ts';
import { daily, look, seen, waiting } from './workflows/clock.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const taskQueue = 'clock';
let temporal: TestNamespace;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  temporal = await testNamespace();
  worker = await Worker.create({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace,
    dataConverter: dataConverter(temporal.keys),
    taskQueue,
    workflowsPath: fileURLToPath(new URL('./workflows/clock.ts', import.meta.url)),
  });
  running = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await running;
  await temporal.close();
});

test('two fast-forwards fire exactly the timers on the way, and the offset is what the result says', async () => {
  const workflowId = 'two-steps';
  const handle = await temporal.client.workflow.start(daily, { taskQueue, workflowId, args: [5] });
  const startedMs = (await handle.describe()).startTime.getTime();

  const first = await temporal.fastForward(workflowId, 2 * dayMs + 12 * hourMs);
  expect(first.outcome).toBe('moved');
  expect(await handle.query(seen)).toHaveLength(3);

  const second = await temporal.fastForward(workflowId, dayMs);
  const times = await handle.query(seen);
  expect(times).toHaveLength(4);
  // The clock stopped at the target; since then it only ran on with real time.
  const asked = 3 * dayMs + 12 * hourMs;
  expect(second.clockMs).toBeGreaterThanOrEqual(startedMs + asked);
  expect(second.clockMs).toBeLessThan(startedMs + asked + 20_000);
  expect(second.offsetMs).toBeLessThanOrEqual(asked);
  expect(second.offsetMs).toBeGreaterThan(asked - 20_000);

  await handle.signal(look);
  const last = (await handle.query(seen)).at(-1);
  expect(Math.abs((last ?? 0) - (Date.now() + second.offsetMs))).toBeLessThan(2_000);
});

test('each timer is seen at its own time, not at the target', async () => {
  const workflowId = 'own-times';
  const handle = await temporal.client.workflow.start(daily, { taskQueue, workflowId, args: [4] });
  const { outcome } = await temporal.fastForward(workflowId, 5 * dayMs);
  expect(outcome).toBe('ended');
  const times = await handle.result();
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(gaps).toHaveLength(4);
  for (const gap of gaps) {
    expect(gap).toBeGreaterThanOrEqual(dayMs);
    expect(gap).toBeLessThan(dayMs + 5_000);
  }
});

test('a workflow that completes on the way stops its clock at its end', async () => {
  const workflowId = 'completes';
  const handle = await temporal.client.workflow.start(daily, { taskQueue, workflowId, args: [1] });
  const moved = await temporal.fastForward(workflowId, 30 * dayMs);
  expect(moved.outcome).toBe('ended');
  expect(moved.offsetMs).toBeLessThanOrEqual(dayMs);
  expect(moved.offsetMs).toBeGreaterThan(dayMs - 20_000);
  expect(await temporal.fastForward(workflowId, dayMs)).toMatchObject({ outcome: 'ended' });
  expect(await handle.result()).toHaveLength(2);
});

test('a workflow that waits ten days for somebody is moved no further than asked', async () => {
  const workflowId = 'patient';
  const handle = await temporal.client.workflow.start(waiting, { taskQueue, workflowId });
  await temporal.fastForward(workflowId, 3 * dayMs);
  const { offsetMs, running: stillRunning } = await temporal.clock(workflowId);
  expect(stillRunning).toBe(true);
  expect(offsetMs).toBeLessThanOrEqual(3 * dayMs);
  await handle.signal(look);
  expect(await handle.result()).toBe('looked');
});

test('the time-out itself fires once the clock passes it', async () => {
  const handle = await temporal.client.workflow.start(waiting, { taskQueue, workflowId: 'late' });
  await temporal.fastForward('late', 9 * dayMs);
  expect(await temporal.fastForward('late', 2 * dayMs)).toMatchObject({ outcome: 'ended' });
  expect(await handle.result()).toBe('gave up');
});

test('a workflow nobody moved has real time, and a senseless duration is refused', async () => {
  const handle = await temporal.client.workflow.start(waiting, { taskQueue, workflowId: 'unmoved' });
  expect(Math.abs((await temporal.clock('unmoved')).offsetMs)).toBeLessThan(2_000);
  await expect(temporal.fastForward('unmoved', 0)).rejects.toThrow(RangeError);
  await handle.terminate();
});
