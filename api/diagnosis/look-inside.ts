import { checkSchema, SchemaMismatch } from '../../db/check-schema.ts';
import { wholeCompany } from '../../db/database.ts';
import { readBooksState, type BooksState } from '../../db/reads/diagnosis.ts';
import { TASK_QUEUES } from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { ask, fine, type PartFinding } from './finding.ts';

const CLOCK_MAY_DIFFER_SECONDS = 5;
const OUTBOX_MAY_WAIT_SECONDS = 60;
/** A poller that has not been seen for longer is gone. */
const POLLER_SEEN_MS = 2 * 60_000;
/** Minutes after which a watch counts as idle; each strikes far more often. */
const RUNS: Readonly<Record<string, number>> = {
  'operations-watch': 20,
  'payment-watch': 60,
  reconciliation: 2_160,
};

async function lookAtSchema({ settings }: ApiDeps): Promise<PartFinding | undefined> {
  try {
    await checkSchema(settings.DATABASE_URL);
    return undefined;
  } catch (error) {
    if (!(error instanceof SchemaMismatch)) throw error;
    return { what: 'schema', code: 'schema-behind', params: { fault: error.message } };
  }
}

/** Which task queues somebody works on. */
async function lookAtWorkers(deps: ApiDeps): Promise<PartFinding | undefined> {
  const service = deps.temporal.connection.workflowService;
  const queues = Object.values(TASK_QUEUES).map((name) => ({
    name,
    // The first carries workflows, the others activities.
    taskQueueType: name === TASK_QUEUES.cases ? 1 : 2,
  }));
  const polled = await Promise.all(
    queues.map(async ({ name, taskQueueType }) => {
      const { pollers } = await service.describeTaskQueue({
        namespace: deps.settings.TEMPORAL_NAMESPACE,
        taskQueue: { name },
        taskQueueType,
      });
      const isSeen = (pollers ?? []).some(
        (poller) => Date.now() - Number(poller.lastAccessTime?.seconds ?? 0) * 1000 < POLLER_SEEN_MS,
      );
      return { name, isSeen };
    }),
  );
  const alone = polled.filter(({ isSeen }) => !isSeen).map(({ name }) => name);
  if (alone.length === 0) return undefined;
  return { what: 'workers', code: 'nobody-polls', params: { queues: alone.join(', ') } };
}

function canOpen(deps: ApiDeps, state: BooksState): boolean {
  try {
    for (const sealed of [state.oldestName, state.newestName]) if (sealed !== null) deps.vault.open(sealed);
    return true;
  } catch {
    return false;
  }
}

/** What the books say of the service: clock, keys, calendar, crews, outbox, watches, alarms. */
function judge(deps: ApiDeps, state: BooksState): PartFinding[] {
  const seconds = Math.round(Math.abs(Date.parse(state.nowAt) - Date.now()) / 1000);
  const idle = state.runs.filter(({ run, minutes }) => minutes > (RUNS[run] ?? Infinity));
  const say = (what: string, isWell: boolean, finding: Omit<PartFinding, 'what'>): PartFinding =>
    isWell ? fine(what) : { what, ...finding };
  return [
    say('clocks', seconds <= CLOCK_MAY_DIFFER_SECONDS, { code: 'clock-differs', params: { seconds } }),
    say('keys', canOpen(deps, state), { code: 'wrong-keys', params: {} }),
    say('calendar', state.yearsMissing.length === 0, {
      code: 'no-calendar',
      params: { years: state.yearsMissing.join(', ') },
    }),
    say('crews of the next weeks', state.capacityDays > 0, { code: 'no-capacity', params: {} }),
    say('outbox', state.oldestOutboxSeconds <= OUTBOX_MAY_WAIT_SECONDS, {
      code: 'outbox-waits',
      params: { seconds: Math.round(state.oldestOutboxSeconds) },
    }),
    ...(idle.length === 0
      ? [fine('watches')]
      : idle.map(({ run, minutes }): PartFinding => ({
          what: 'watches',
          code: 'watch-idle',
          params: { run, minutes },
        }))),
    say('alarms', state.alarms.length === 0, {
      code: 'alarms-stand',
      params: { kinds: state.alarms.map(({ kind, n }) => `${kind} ${n}`).join(', ') },
    }),
  ];
}

/** Database, engine, workers, and what the books say of themselves. */
export async function lookInside(deps: ApiDeps): Promise<PartFinding[]> {
  const books: BooksState[] = [];
  const database = await ask('database', 'DATABASE_URL', async () => {
    books.push(await deps.db.tx(wholeCompany(deps.settings.COMPANY_ID), readBooksState));
    return undefined;
  });
  const [schema, engine, workers] = await Promise.all([
    ask('schema', 'DATABASE_URL', () => lookAtSchema(deps)),
    ask('engine', 'TEMPORAL_ADDRESS', async () => {
      await deps.temporal.connection.workflowService.describeNamespace({
        namespace: deps.settings.TEMPORAL_NAMESPACE,
      });
      return undefined;
    }),
    ask('workers', 'TEMPORAL_ADDRESS', () => lookAtWorkers(deps)),
  ]);
  return [database, schema, engine, workers, ...books.flatMap((state) => judge(deps, state))];
}
