import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../db/database.ts';
import { addDays, addMonths } from '../../rules/calendar/civil-date.ts';
import {
  creditRunWorkflowId,
  RUN_COMMAND,
  RUN_PROGRESS,
  TASK_QUEUES,
  WORKFLOWS,
  type RunProgress,
} from '../../workflows/messages.ts';
import { keepHistoryOf } from '../support/record-histories.ts';
import type { TestNamespace } from '../support/temporal.ts';
import { COMPANY, putBills, type Books } from './support/books.ts';
import { ACCOUNTS, asOf, idOf, lastMonth, openRunStage, type RunStage } from './support/run-stage.ts';

let stage: RunStage;
let books: Books;
let engine: TestNamespace;
beforeAll(async () => {
  stage = await openRunStage();
  ({ books, engine } = stage);
});
afterAll(() => stage?.close());

const work: RunStage['work'] = (db, grades) => stage.work(db, grades);
const start: RunStage['start'] = (wish) => stage.start(wish);
const runRow: RunStage['runRow'] = (runId) => stage.runRow(runId);
const gradesOf = (month: string) =>
  books.tx((tx) =>
    tx.rows<{ grade: string; count: number }>(
      `select grade, count(*) as count from credit_grades where month = $1 group by grade order by grade`,
      [month],
    ),
  );

test('G2.1: a dry run shows who would move and why, and moves nobody', async () => {
  await work(books.db);
  const handle = await start({ runId: 'dry', dry: true });
  const told = (await handle.result()) as RunProgress;
  expect(told).toMatchObject({ status: 'done', done: ACCOUNTS });
  const moves = await books.tx((tx) =>
    tx.rows<{ account_id: string; to_grade: string; code: string; facts: Record<string, unknown> }>(
      `select account_id, to_grade, code, facts from credit_dry_moves where run_id = 'dry' order by account_id`,
    ),
  );
  expect(moves.find((move) => move.account_id === idOf(0))).toMatchObject({
    ...{ to_grade: 'C', code: 'arrears-over-one-month' },
    facts: { oldestDays: 45, owedFen: 10_000 },
  });
  expect(await gradesOf(lastMonth)).toEqual([]);
  expect(await books.tx((tx) => tx.rows('select 1 from credit_standings'))).toEqual([]);
  expect(await books.tx((tx) => tx.rows('select 1 from credit_downgrades'))).toEqual([]);
});

test('G2.1: a run that breaks in the middle of a stretch does each account once, paused and resumed', async () => {
  await stage.rest();
  let breaks = 2;
  // What a lost connection does: the work of the transaction is gone, the caller hears an error.
  const breaking: Db = {
    ...books.db,
    tx: (scope, act) =>
      books.db.tx(scope, async (tx) => {
        const answer = await act(tx);
        const done = await tx.row<{ done: number }>(
          `select done from credit_runs where run_id = 'broken' and done >= 20`,
        );
        if (done !== undefined && breaks > 0) {
          breaks -= 1;
          throw new Error('connection lost');
        }
        return answer;
      }),
  };
  const stop = await work(breaking);
  const handle = await start({ runId: 'broken' });
  await handle.signal(RUN_COMMAND, 'pause');
  while (((await handle.query(RUN_PROGRESS)) as RunProgress).status !== 'paused')
    await new Promise((go) => setTimeout(go, 50));
  expect(await runRow('broken')).toMatchObject({ status: 'paused' });
  // The worker goes away while the run is paused; another one takes it up.
  await stop();
  await work(breaking);
  await handle.signal(RUN_COMMAND, 'resume');
  const told = (await handle.result()) as RunProgress;
  expect(breaks).toBe(0);
  expect(told).toMatchObject({ status: 'done', done: ACCOUNTS });
  expect(await gradesOf(lastMonth)).toEqual([
    // Multiples of 7 that are none of 10, and 5 not among them, are B; 0, 10 … 50 owe 45 days; 5 stole.
    { grade: 'A', count: ACCOUNTS - 6 - 8 - 1 },
    { grade: 'B', count: 8 },
    { grade: 'C', count: 6 },
    { grade: 'D', count: 1 },
  ]);
  expect(await runRow('broken')).toEqual({
    ...{ status: 'done', total: ACCOUNTS, done: ACCOUNTS, faults: 0, queued: 7 },
    ...{ up: ACCOUNTS - 6 - 8 - 1, down: 7 },
  });
  await keepHistoryOf(engine, 'credit-run-paused', creditRunWorkflowId('broken'));
});

test('L7: nobody is moved down to C or D by the run itself; they wait for a person', async () => {
  const standings = await books.tx((tx) =>
    tx.rows<{ grade: string; count: number }>(
      `select grade, count(*) as count from credit_standings group by grade order by grade`,
    ),
  );
  expect(standings).toEqual([
    { grade: 'A', count: 45 },
    { grade: 'B', count: 15 },
  ]);
  const queue = await books.tx((tx) =>
    tx.rows<{ scheme: string; to_value: string; status: string }>(
      `select scheme, to_value, status from credit_downgrades where account_id = $1 order by scheme`,
      [idOf(5)],
    ),
  );
  expect(queue).toEqual([
    { scheme: 'colour', to_value: 'black', status: 'queued' },
    { scheme: 'grade', to_value: 'D', status: 'queued' },
  ]);
});

test('G2.1: the same month again changes nothing; a payment lifts what waited', async () => {
  const again = (await (await start({ runId: 'again' })).result()) as RunProgress;
  expect(again.done).toBe(ACCOUNTS);
  expect(await runRow('again')).toMatchObject({ up: 0, down: 0, queued: 0 });
  expect((await books.tx((tx) => tx.rows('select 1 from credit_grades where n > 1'))).length).toBe(0);
  await books.tx((tx) =>
    tx.run(`update bills set paid_fen = principal_fen where bill_id = $1`, [`${idOf(10)}-0`]),
  );
  const due = await books.tx((tx) => tx.rows('select 1 from credit_due where account_id = $1', [idOf(10)]));
  expect(due.length).toBe(1);
  const watch = await engine.client.workflow.execute(WORKFLOWS.creditWatch, {
    ...{ workflowId: 'credit-watch', taskQueue: TASK_QUEUES.cases, args: [{ companyId: COMPANY }] },
  });
  expect(watch).toMatchObject({ judged: 1 });
  const queue = await books.tx((tx) =>
    tx.rows<{ status: string }>(`select status from credit_downgrades where account_id = $1`, [idOf(10)]),
  );
  expect(queue).toEqual([{ status: 'withdrawn' }]);
  await keepHistoryOf(engine, 'credit-watch', 'credit-watch');
});

test('G2.1: one account that cannot be judged is noted, and the others are', async () => {
  // A sum beyond whole numbers: nothing that a file could hold, something that a book might.
  await putBills(books, [
    { billId: 'huge-1', accountId: idOf(33), dueOn: addDays(asOf, -5), principalFen: 9_000_000_000_000_000 },
    { billId: 'huge-2', accountId: idOf(33), dueOn: addDays(asOf, -5), principalFen: 9_000_000_000_000_000 },
  ]);
  await books.tx((tx) =>
    tx.run(`update bills set principal_fen = 9000000000000000000 where bill_id like 'huge-%'`),
  );
  const month = addMonths(lastMonth, 1);
  const told = (await (await start({ runId: 'faulty', month })).result()) as RunProgress;
  expect(told).toMatchObject({ status: 'done', done: ACCOUNTS });
  expect(await runRow('faulty')).toMatchObject({ faults: 1, done: ACCOUNTS });
  const faults = await books.tx((tx) =>
    tx.rows<{ account_id: string; error: string }>(
      `select account_id, error from credit_run_faults where run_id = 'faulty'`,
    ),
  );
  expect(faults).toEqual([{ account_id: idOf(33), error: 'bigint out of range' }]);
  const judged = await books.tx((tx) => tx.rows('select 1 from credit_grades where month = $1', [month]));
  expect(judged.length).toBe(ACCOUNTS - 1);
  await keepHistoryOf(engine, 'credit-run', creditRunWorkflowId('faulty'));
});

test('G2.1: only one run of a kind at a time, and it can be given up', async () => {
  const first = await start({ runId: 'first' });
  await first.signal(RUN_COMMAND, 'pause');
  while (((await first.query(RUN_PROGRESS)) as RunProgress).status !== 'paused')
    await new Promise((go) => setTimeout(go, 50));
  await expect((await start({ runId: 'second' })).result()).rejects.toThrow(/failed/);
  await first.signal(RUN_COMMAND, 'cancel');
  expect(((await first.result()) as RunProgress).status).toBe('cancelled');
  expect(await runRow('first')).toMatchObject({ status: 'cancelled' });
  await keepHistoryOf(engine, 'credit-run-cancelled', creditRunWorkflowId('first'));
});

test('K5.3: the yearly score, with its reasons and what harms in the queue', async () => {
  const told = (await (await start({ runId: 'score', kind: 'score' })).result()) as RunProgress;
  expect(told).toMatchObject({ status: 'done', done: ACCOUNTS });
  const scores = await books.tx((tx) =>
    tx.rows<{ account_id: string; score_centi: number; score_grade: string }>(
      `select account_id, score_centi, score_grade from credit_scores where run_id = 'score' order by account_id`,
    ),
  );
  expect(scores.length).toBe(ACCOUNTS);
  expect(scores[1]).toMatchObject({ account_id: idOf(1), score_centi: 9700, score_grade: 'excellent' });
  await keepHistoryOf(engine, 'credit-score', creditRunWorkflowId('score'));
});
