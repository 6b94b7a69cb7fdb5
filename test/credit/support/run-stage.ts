import { Worker, type WorkflowBundle } from '@temporalio/worker';
import type { WorkflowHandle } from '@temporalio/client';
import { pino } from 'pino';
import { creditBatchActs, creditOutboundActs } from '../../../activities/credit/batch.ts';
import type { ActivityDeps } from '../../../activities/deps.ts';
import type { Db } from '../../../db/database.ts';
import { dataConverter } from '../../../engine/connect.ts';
import { addDays, addMonths, monthEnd, monthStart } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { buildWorkflowBundle } from '../../../worker/start-worker.ts';
import {
  creditRunWorkflowId,
  TASK_QUEUES,
  WORKFLOWS,
  type CreditRunInput,
} from '../../../workflows/messages.ts';
import { testNamespace, type TestNamespace } from '../../support/temporal.ts';
import { COMPANY, openBooks, putAccounts, putBills, putRecord, type Books } from './books.ts';

export const ACCOUNTS = 60;
export const STRETCH = 10;
export const lastMonth = addMonths(monthStart(civilDateAt(Date.now())), -1);
export const asOf = monthEnd(lastMonth);
export const idOf = (n: number): string => `run-${String(n).padStart(3, '0')}`;

/** Sixty customers with a year of bills, an engine, and workers that may be started and stopped. */
export interface RunStage {
  readonly books: Books;
  readonly engine: TestNamespace;
  /** Workers on this namespace; `db` may misbehave. Without `grades` somebody else grades. @returns how to stop them */
  work(db: Db, grades?: boolean): Promise<() => Promise<void>>;
  /** Ends whoever works. */
  rest(): Promise<void>;
  start(wish: Partial<CreditRunInput> & { runId: string }): Promise<WorkflowHandle>;
  runRow(runId: string): Promise<Record<string, unknown> | undefined>;
  close(): Promise<void>;
}

/** A year of bills, paid; every tenth account owes one that is 45 days overdue, every seventh paid one late. */
async function fill(books: Books): Promise<void> {
  await putAccounts(
    books,
    Array.from({ length: ACCOUNTS }, (_, n) => ({ accountId: idOf(n) })),
  );
  await putBills(
    books,
    Array.from({ length: ACCOUNTS }, (_, n) => n).flatMap((n) =>
      Array.from({ length: 14 }, (_unused, m) => {
        const dueOn = addDays(addMonths(asOf, -m), -45);
        const owes = n % 10 === 0 && m === 0;
        const late = n % 7 === 0 && m === 2;
        return {
          ...{ billId: `${idOf(n)}-${m}`, accountId: idOf(n), dueOn, paidFen: owes ? 0 : 10_000 },
          settledOn: owes ? null : addDays(dueOn, late ? 4 : -3),
        };
      }),
    ),
  );
  await putRecord(books, { accountId: idOf(5), kind: 'theft', occurredOn: addDays(asOf, -100) });
}

export async function openRunStage(): Promise<RunStage> {
  const books = await openBooks();
  const engine = await testNamespace();
  const workflowBundle: WorkflowBundle = await buildWorkflowBundle(pino({ level: 'silent' }));
  const stops: (() => Promise<void>)[] = [];
  await fill(books);

  async function work(db: Db, grades = true): Promise<() => Promise<void>> {
    const deps = { db, vault: books.vault, systems: {}, publicUrl: '' } as unknown as ActivityDeps;
    const common = {
      ...{ connection: engine.nativeConnection, namespace: engine.namespace },
      dataConverter: dataConverter(engine.keys),
    };
    const workers = [
      await Worker.create({ ...common, taskQueue: TASK_QUEUES.cases, workflowBundle }),
      ...(grades
        ? [
            await Worker.create({
              ...common,
              taskQueue: TASK_QUEUES.batch,
              activities: { ...creditBatchActs(deps) },
            }),
          ]
        : []),
      await Worker.create({
        ...common,
        taskQueue: TASK_QUEUES.outbound,
        activities: { ...creditOutboundActs(deps) },
      }),
    ];
    const running = Promise.all(workers.map((worker) => worker.run()));
    const stop = async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    };
    stops.push(stop);
    return stop;
  }
  const rest = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  return {
    ...{ books, engine, work, rest },
    start: (wish) =>
      engine.client.workflow.start(WORKFLOWS.creditRun, {
        workflowId: creditRunWorkflowId(wish.runId),
        taskQueue: TASK_QUEUES.cases,
        args: [
          {
            ...{
              companyId: COMPANY,
              kind: 'grade',
              month: null,
              dry: false,
              startedBy: 'credit-he',
              stretch: STRETCH,
            },
            ...wish,
          } as CreditRunInput,
        ],
      }),
    runRow: (runId) =>
      books.tx((tx) =>
        tx.row<Record<string, unknown>>(
          `select status, total, done, moved_up as up, moved_down as down, queued, faults from credit_runs where run_id = $1`,
          [runId],
        ),
      ),
    async close() {
      await rest();
      await engine.close();
      await books.close();
    },
  };
}
