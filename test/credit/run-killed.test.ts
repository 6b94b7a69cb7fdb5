import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMonths } from '../../rules/calendar/civil-date.ts';
import type { RunProgress } from '../../workflows/messages.ts';
import { ACCOUNTS, lastMonth, openRunStage, type RunStage } from './support/run-stage.ts';

let stage: RunStage;
beforeAll(async () => {
  stage = await openRunStage();
});
afterAll(() => stage?.close());

test('G2.1: a worker killed in the middle of a run: another takes it up, and each account is graded once', async () => {
  const { books, engine } = stage;
  await stage.work(books.db, false);
  const month = addMonths(lastMonth, -1);
  const handle = await stage.start({ runId: 'killed', month });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-killed-'));
  const mark = path.join(folder, 'mark');
  const child = spawn(process.execPath, [path.resolve(import.meta.dirname, 'support/grading-worker.ts')], {
    env: {
      ...process.env,
      ...{
        DATABASE_URL: books.appUrl,
        TEMPORAL_ADDRESS: engine.address,
        TEMPORAL_NAMESPACE: engine.namespace,
      },
      ...{ PAYLOAD_KEYS: engine.payloadKeys, HASH_KEY: randomBytes(32).toString('base64') },
      ...{ RUN_ID: 'killed', KILLED_IN: mark },
    },
    stdio: 'ignore',
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  expect(readFileSync(mark, 'utf8')).toBe('killed');
  rmSync(folder, { recursive: true });
  // What was not committed is not there.
  expect(await stage.runRow('killed')).toMatchObject({ status: 'running', done: 20 });
  await stage.rest();
  await stage.work(books.db);
  expect((await handle.result()) as RunProgress).toMatchObject({ status: 'done', done: ACCOUNTS });
  const lines = await books.tx((tx) =>
    tx.rows<{ n: number; count: number; accounts: number }>(
      `select n, count(*) as count, count(distinct account_id) as accounts from credit_grades where month = $1 group by n`,
      [month],
    ),
  );
  expect(lines).toEqual([{ n: 1, count: ACCOUNTS, accounts: ACCOUNTS }]);
});
