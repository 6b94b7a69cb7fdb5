import { heartbeat } from '@temporalio/activity';
import { gradeChunk, dryChunk, type ChunkCounts } from '../../db/credit/grade-chunk.ts';
import { nextUntil, noteFault, passStretch, readRun, takeStretch, type Run } from '../../db/credit/runs.ts';
import { scoreChunk } from '../../db/credit/score-chunk.ts';
import type { Tx } from '../../db/database.ts';
import { act, type ActivityDeps } from '../deps.ts';
import type { RunAt, RunStep } from './contract.ts';

type Stretch = { until: string; accounts: number };

/** The data's own fault: a number out of range, a value that does not fit. Anything else is an outage and is tried again. */
const isDataFault = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && /^(22|23)/.test(String(error.code));
/** Somebody had the same account judged in the same moment; a second look sees the line that was written. */
const isTaken = (error: unknown): boolean => isDataFault(error) && 'code' in error && error.code === '23505';

function judge(tx: Tx, run: Run, until: string): Promise<ChunkCounts> {
  const common = {
    ...{ asOf: run.asOf, knownAt: run.knownAt, after: run.cursor, until, policy: run.policy },
    ...{ runId: run.runId, occurredAt: run.knownAt, reach: 'stretch' as const },
  };
  if (run.kind === 'score') return scoreChunk(tx, { ...common, cause: 'yearly', dry: run.dry });
  const chunk = { ...common, knowledge: 'now', cause: 'monthly' } as const;
  return run.dry ? dryChunk(tx, chunk) : gradeChunk(tx, chunk);
}

/** Judges up to `until` and takes the run forward, in one transaction. */
async function pass(deps: ActivityDeps, at: RunAt, run: Run, stretch: Stretch): Promise<void> {
  await act(deps, at, async (tx) => {
    if (!(await takeStretch(tx, { runId: at.runId, after: run.cursor }))) return;
    const counts = await judge(tx, run, stretch.until);
    await passStretch(tx, { ...counts, ...stretch, runId: at.runId, faults: 0 });
  });
}

/** One account that cannot be judged: noted, counted, passed. */
async function passOver(
  deps: ActivityDeps,
  at: RunAt,
  run: Run,
  bad: { accountId: string; error: Error },
): Promise<void> {
  await act(deps, at, async (tx) => {
    if (!(await takeStretch(tx, { runId: at.runId, after: run.cursor }))) return;
    await noteFault(tx, { runId: at.runId, accountId: bad.accountId, error: bad.error.message });
    const nobody = { movedUp: 0, movedDown: 0, queued: 0 };
    await passStretch(tx, { ...nobody, runId: at.runId, until: bad.accountId, accounts: 1, faults: 1 });
  });
}

/** Halves a stretch that fails until the account is found that makes it fail; the others are judged. */
async function passOrHalve(deps: ActivityDeps, at: RunAt, run: Run, stretch: Stretch): Promise<void> {
  heartbeat(stretch.until);
  const once = () => pass(deps, at, run, stretch);
  try {
    await once().catch((error: unknown) => (isTaken(error) ? once() : Promise.reject(error as Error)));
  } catch (error) {
    if (!isDataFault(error)) throw error;
    if (stretch.accounts === 1) {
      await passOver(deps, at, run, { accountId: stretch.until, error });
      return;
    }
    const half = await act(deps, at, (tx) =>
      nextUntil(tx, { after: run.cursor, size: Math.ceil(stretch.accounts / 2), most: stretch.until }),
    );
    if (half === null) throw error;
    await passOrHalve(deps, at, run, half);
    const rest = await act(deps, at, (tx) =>
      nextUntil(tx, { after: half.until, size: stretch.accounts, most: stretch.until }),
    );
    if (rest !== null) await passOrHalve(deps, at, { ...run, cursor: half.until }, rest);
  }
}

/** One stretch of a run (G2.1, K5.3): where it stands is in the database, so a crash repeats nothing and loses nothing. */
export const judgeStretch =
  (deps: ActivityDeps) =>
  async (at: RunAt & { size: number }): Promise<RunStep> => {
    const before = await act(deps, at, async (tx) => {
      const run = await readRun(tx, at.runId);
      if (run === undefined) throw new Error(`run ${at.runId} is not opened`);
      return { run, stretch: await nextUntil(tx, { after: run.cursor, size: at.size, most: null }) };
    });
    const { run, stretch } = before;
    if (run.status === 'done' || run.status === 'cancelled' || stretch === null)
      return { done: run.done, total: run.total, finished: true };
    await passOrHalve(deps, at, run, stretch);
    const after = await act(deps, at, (tx) => readRun(tx, at.runId));
    return { done: after?.done ?? run.done, total: run.total, finished: false };
  };
