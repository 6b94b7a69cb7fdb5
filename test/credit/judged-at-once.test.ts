import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { judgeNow } from '../../intake/credit/judge-now.ts';
import { epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import type { RunProgress } from '../../workflows/messages.ts';
import { COMPANY } from './support/books.ts';
import { ACCOUNTS, asOf, idOf, lastMonth, openRunStage, type RunStage } from './support/run-stage.ts';

let stage: RunStage;
beforeAll(async () => {
  stage = await openRunStage();
});
afterAll(() => stage?.close());

const objection = (accountId: string) =>
  ({ companyId: COMPANY, accountId, cause: 'objection', nowMs: epochMsOf(asOf, 600) }) as const;
const linesOf = (accountId: string) =>
  stage.books.tx((tx) =>
    tx.rows<{ n: number; cause: string }>(
      'select n, cause from credit_grades where account_id = $1 and month = $2 order by n',
      [accountId, lastMonth],
    ),
  );

/** Waits until somebody stands behind a line that is not committed yet. */
async function somebodyWaits(): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const waiting = await stage.books.tx((tx) =>
      tx.rows(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      ),
    );
    if (waiting.length > 0) return;
    await sleep(50);
  }
  throw new Error('nobody waits for the line');
}

/** Judges the account and keeps its line to itself until `meanwhile` waits for it. */
async function judgedWhile<T>(accountId: string, meanwhile: () => Promise<T>): Promise<T> {
  const other = Promise.withResolvers<Promise<T>>();
  await stage.books.tx(async (tx) => {
    await judgeNow(tx, objection(accountId));
    const running = meanwhile();
    running.catch(() => undefined);
    other.resolve(running);
    await somebodyWaits();
  });
  return other.promise;
}

test('K5.3: two who judge one account in the same moment leave one line, and neither fails', async () => {
  const accountId = idOf(3);
  const judged = await judgedWhile(accountId, () =>
    stage.books.tx((tx) => judgeNow(tx, objection(accountId))),
  );
  expect(judged).toEqual({ queued: 0 });
  expect(await linesOf(accountId)).toEqual([{ n: 1, cause: 'objection' }]);
});

test('G2.1, K5.3: an objection that is decided while a run grades the account fails neither, and no account is passed over', async () => {
  const accountId = idOf(20);
  await stage.work(stage.books.db);
  const told = await judgedWhile(accountId, async () => {
    // One account at a time: nobody stands between its fault and the account itself.
    const handle = await stage.start({ runId: 'at-once', stretch: 1 });
    return (await handle.result()) as RunProgress;
  });
  expect(told).toMatchObject({ status: 'done', done: ACCOUNTS });
  expect(await stage.runRow('at-once')).toMatchObject({ status: 'done', faults: 0 });
  expect(await linesOf(accountId)).toEqual([{ n: 1, cause: 'objection' }]);
});
