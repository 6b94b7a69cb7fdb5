import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import pg from 'pg';
import type { Journal } from '../journal.ts';

/** Where the four books lie. The checker reads them raw and imports nothing of the product. */
export interface Where {
  readonly databaseUrl: string;
  readonly simUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly journal: Journal;
  readonly uncarried: number;
}

const { WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND: FactCameMeanwhile } =
  proto.temporal.api.enums.v1.WorkflowTaskFailedCause;

/** One violation of what must never be, with what it is about. */
export type Fault = string;

type Row = Record<string, unknown>;

/** Text of a column. */
export const text = (row: Row, column: string): string => {
  const value = row[column] ?? '';
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;
};
/** Epoch ms of an instant; NaN where there is none. */
export const ms = (row: Row, column: string): number =>
  row[column] instanceof Date ? row[column].getTime() : Number.NaN;
export const number = (row: Row, column: string): number => Number(row[column] ?? 0);

export interface RunOfWorkflow {
  readonly workflowId: string;
  readonly type: string;
  readonly status: string;
  readonly acceptedUpdates: readonly string[];
  /** Workflow tasks that failed, but for those that a fact overtook: code that does not follow its own history. */
  readonly failedTasks: readonly string[];
}

export interface Books {
  readonly db: (sql: string) => Promise<Row[]>;
  readonly sim: (sql: string) => Promise<Row[]>;
  readonly runs: readonly RunOfWorkflow[];
  readonly journal: Journal;
  readonly uncarried: number;
}

async function readRuns(client: Client): Promise<RunOfWorkflow[]> {
  const runs: RunOfWorkflow[] = [];
  for await (const one of client.workflow.list()) {
    const { events } = await client.workflow.getHandle(one.workflowId, one.runId).fetchHistory();
    const acceptedUpdates: string[] = [];
    const failedTasks: string[] = [];
    for (const event of events ?? []) {
      const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name;
      if (typeof update === 'string') acceptedUpdates.push(update);
      const failed = event.workflowTaskFailedEventAttributes;
      if (failed && failed.cause !== FactCameMeanwhile)
        failedTasks.push(failed.failure?.message ?? String(failed.cause));
    }
    const { workflowId, type, status } = one;
    runs.push({ workflowId, type, status: status.name, acceptedUpdates, failedTasks });
  }
  return runs;
}

/** Opens the books, hands them to `work`, closes them. */
export async function withBooks<T>(where: Where, work: (books: Books) => Promise<T>): Promise<T> {
  const [ours, theirs] = [where.databaseUrl, where.simUrl].map(
    (connectionString) => new pg.Client({ connectionString }),
  );
  const connection = await Connection.connect({ address: where.temporalAddress });
  try {
    if (ours === undefined || theirs === undefined) throw new Error('two databases are needed');
    await Promise.all([ours.connect(), theirs.connect()]);
    await theirs.query('set search_path = sim');
    const client = new Client({ connection, namespace: where.namespace });
    return await work({
      db: async (sql) => (await ours.query<Row>(sql)).rows,
      sim: async (sql) => (await theirs.query<Row>(sql)).rows,
      runs: await readRuns(client),
      ...{ journal: where.journal, uncarried: where.uncarried },
    });
  } finally {
    await Promise.all([ours?.end(), theirs?.end()]);
    await connection.close();
  }
}
