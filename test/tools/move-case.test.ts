import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseNowMs, caseOffsetMs } from '../../db/case-clock.ts';
import { openDatabase, wholeCompany } from '../../db/database.ts';
import type { Db } from '../../db/database.ts';
import { moveAccountClock, moveCase } from '../../tools/fast-forward/move-case.ts';
import { FACT_SIGNAL } from '../../workflows/messages.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { dataConverter } from '../../engine/connect.ts';
import { testNamespace } from '../support/temporal.ts';
import type { TestNamespace } from '../support/temporal.ts';
import { planned } from './workflows/planned.ts';

const dayMs = 86_400_000;
const companyId = 'company-1';
let database: TestDatabase;
let db: Db;
let temporal: TestNamespace;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  temporal = await testNamespace();
  worker = await Worker.create({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace,
    dataConverter: dataConverter(temporal.keys),
    taskQueue: 'planned',
    workflowsPath: fileURLToPath(new URL('./workflows/planned.ts', import.meta.url)),
  });
  running = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await running;
  await temporal.close();
  await db.close();
  await database.drop();
});

const account = (accountId: string): Promise<number> =>
  db.tx(wholeCompany(companyId), (tx) =>
    tx.run(
      `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no,
                             debtor_id, reader_id, name_enc, address_enc)
       values ($1, $2, 'centre-1', $1, 'r', 'resident', 'resident', 'm', 'd', 'reader', '\\x', '\\x')`,
      [accountId, companyId],
    ),
  );
const start = async (accountId: string, days: number) => {
  await account(accountId);
  const workflowId = `case/${accountId}`;
  const handle = await temporal.client.workflow.start(planned, {
    taskQueue: 'planned',
    workflowId,
    args: [days],
  });
  const { connection, namespace } = temporal;
  return { handle, move: { connection, namespace, db, companyId, accountId, workflowId } };
};
const offset = (accountId: string): Promise<number> =>
  db.tx(wholeCompany(companyId), (tx) => caseOffsetMs(tx, accountId));

test('both clocks move together, one planned moment after the other', async () => {
  const { move } = await start('together', 6);
  const attempts: number[] = [];
  const moved = await moveCase({
    ...move,
    untilMs: Date.now() + 3.5 * dayMs,
    onStep: ({ whereabouts }) => void attempts.push(whereabouts?.attempt ?? 0),
  });
  expect(moved).toMatchObject({ outcome: 'moved', steps: 4 });
  expect(attempts).toEqual([2, 3, 4, 4]);
  const { offsetMs } = await temporal.clock(move.workflowId);
  expect(Math.abs((await offset('together')) - offsetMs)).toBeLessThan(500);
});

test('people have their turn between two steps, and the workflow that ends on the way ends the move', async () => {
  const { handle, move } = await start('told', 6);
  const moved = await moveCase({
    ...move,
    untilMs: Date.now() + 30 * dayMs,
    async onStep({ whereabouts }) {
      if (whereabouts?.attempt === 3) await handle.signal(FACT_SIGNAL, { kind: 'payment', factId: 'p' });
    },
  });
  expect(moved.outcome).toBe('ended');
  expect(await handle.result()).toBe('told on day 3');
});

test('a move can be stopped by whoever watches it', async () => {
  const { handle, move } = await start('stopped', 6);
  const moved = await moveCase({
    ...move,
    untilMs: Date.now() + 5 * dayMs,
    onStep: ({ whereabouts }) => whereabouts?.attempt === 2,
  });
  expect(moved).toMatchObject({ outcome: 'stopped', steps: 1 });
  await handle.terminate();
});

test('an account without a workflow has a clock too, and it never goes back', async () => {
  await account('alone');
  const untilMs = Date.now() + 2 * dayMs;
  const move = { db, companyId, accountId: 'alone', untilMs };
  const ahead = await moveAccountClock(move);
  expect(Math.abs(ahead - 2 * dayMs)).toBeLessThan(1_000);
  expect(await moveAccountClock({ ...move, untilMs: untilMs - dayMs })).toBe(ahead);
  const now = await db.tx(wholeCompany(companyId), (tx) => caseNowMs(tx, 'alone'));
  expect(now).toBeGreaterThanOrEqual(untilMs - 5);
});
