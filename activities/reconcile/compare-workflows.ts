import { caseOffsetMs } from '../../db/case-clock.ts';
import {
  caseWorkflowId,
  FACT_SIGNAL,
  restoreWorkflowId,
  TASK_QUEUES,
  WORKFLOWS,
  type CaseInput,
} from '../../workflows/messages.ts';
import { act } from '../deps.ts';
import type { ReconcileAt } from '../contract.ts';
import type { WatchDeps } from '../watch/watch-deps.ts';
import { meetDifference } from './meet-difference.ts';

/** A case that was launched may take so long to open its books while the database is slow. */
const BOOKS_WITHIN_MS = 15 * 60_000;

interface CaseRow {
  caseId: string;
  accountId: string;
  centreId: string;
  launchedBy: string;
  attempt: number;
}

async function idsOf(
  deps: WatchDeps,
  type: string,
): Promise<Map<string, { startedAtMs: number; runId: string }>> {
  const ids = new Map<string, { startedAtMs: number; runId: string }>();
  for await (const run of deps.engine.listRunning(type)) ids.set(run.workflowId, run);
  return ids;
}

const isRunning = async (deps: WatchDeps, workflowId: string): Promise<boolean> =>
  (await deps.engine.describe(workflowId))?.status === 'running';

const readOpenCases = (deps: WatchDeps, at: ReconcileAt): Promise<CaseRow[]> =>
  act(deps, at, (tx) =>
    tx.rows<CaseRow>(
      `select case_id as "caseId", account_id as "accountId", centre_id as "centreId", launched_by as "launchedBy", attempt
         from cases where status = 'open'`,
    ),
  );

/**
 * An open case without a workflow goes on: its attempt under way slips, so that day, approval and red notice are made anew;
 * what was served before stands (L2.ntc).
 */
async function resumeCase(deps: WatchDeps, at: ReconcileAt, row: CaseRow): Promise<void> {
  const { attempt, ...ids } = row;
  const clockOffsetMs = await act(deps, at, (tx) => caseOffsetMs(tx, row.accountId));
  const input: CaseInput = { ...ids, companyId: at.companyId, clockOffsetMs, resumeAfterAttempt: attempt };
  await deps.engine.start({
    type: WORKFLOWS.collectionCase,
    workflowId: caseWorkflowId(row.accountId),
    taskQueue: TASK_QUEUES.cases,
    input,
  });
}

async function compareCases(deps: WatchDeps, at: ReconcileAt): Promise<number> {
  const rows = await readOpenCases(deps, at);
  const running = await idsOf(deps, WORKFLOWS.collectionCase);
  for (const row of rows.filter(({ accountId }) => !running.has(caseWorkflowId(accountId)))) {
    const workflowId = caseWorkflowId(row.accountId);
    const run = await deps.engine.describe(workflowId);
    if (run?.status === 'running') continue;
    const still = (await readOpenCases(deps, at)).some(({ caseId }) => caseId === row.caseId);
    if (!still) continue;
    const finding = {
      kind: 'case-without-workflow',
      subjectId: row.caseId,
      ...{ centreId: row.centreId, accountId: row.accountId, caseId: row.caseId },
      detail: { workflowId, status: run?.status ?? 'not there', attempt: row.attempt },
    };
    await meetDifference(deps, at, finding, () => resumeCase(deps, at, row));
  }
  return rows.length;
}

/** A case that runs without open books can do nothing lawful: it is ended, which is the safe side. */
export async function compareOrphans(deps: WatchDeps, at: ReconcileAt, nowMs: number): Promise<number> {
  const running = await idsOf(deps, WORKFLOWS.collectionCase);
  const open = new Set((await readOpenCases(deps, at)).map(({ accountId }) => caseWorkflowId(accountId)));
  const suspects = [...running].filter(
    ([workflowId, { startedAtMs }]) => !open.has(workflowId) && nowMs - startedAtMs > BOOKS_WITHIN_MS,
  );
  for (const [workflowId, { runId }] of suspects) {
    const input = (await deps.engine.readInput({ workflowId, runId })) as Partial<CaseInput> | undefined;
    if (input?.companyId !== at.companyId || input.accountId === undefined) continue;
    const { accountId, centreId = null, caseId = null } = input;
    const row = await act(deps, at, (tx) =>
      tx.row<{ status: string }>('select status from cases where case_id = $1', [caseId]),
    );
    if (row?.status === 'open' || !(await isRunning(deps, workflowId))) continue;
    const known = await act(deps, at, (tx) =>
      tx.row('select 1 from accounts where account_id = $1', [accountId]),
    );
    const finding = {
      kind: 'workflow-without-case',
      subjectId: workflowId,
      ...{ centreId, accountId: known === undefined ? null : accountId, caseId: null },
      detail: { caseId, case: row?.status ?? 'not stored' },
    };
    await meetDifference(deps, at, finding, () =>
      deps.engine.terminate(workflowId, `no open case in the books (${at.reconciliationId})`),
    );
  }
  return running.size;
}

interface OwedRow {
  stopId: string;
  accountId: string;
  centreId: string;
  caseId: string | null;
  kind: string;
  factId: string;
}

/** Stops whose cause is removed; those that the outbox is about to start are left to it. */
const OWED = `
select distinct on (s.stop_id) s.stop_id as "stopId", s.account_id as "accountId", s.centre_id as "centreId",
       s.case_id as "caseId", t.kind, t.fact_id as "factId"
  from stops s join restoration_triggers t using (stop_id)
 where s.in_force and t.recorded_at < clock_timestamp() - interval '1 minute'
   and not exists (select from outbox o where o.kind = 'start-restore' and o.done_at is null
                      and o.payload -> 'input' ->> 'stopId' = s.stop_id)
 order by s.stop_id, t.occurred_at`;

/** Light that is owed and nobody brings back: the restoration is started again; it is one by its own keys (L3). */
async function compareRestorations(deps: WatchDeps, at: ReconcileAt): Promise<number> {
  const owed = await act(deps, at, (tx) => tx.rows<OwedRow>(OWED));
  const running = await idsOf(deps, WORKFLOWS.restoration);
  for (const row of owed.filter(({ stopId }) => !running.has(restoreWorkflowId(stopId)))) {
    const workflowId = restoreWorkflowId(row.stopId);
    const run = await deps.engine.describe(workflowId);
    if (run?.status === 'running') continue;
    const { stopId, accountId, centreId, caseId, kind, factId } = row;
    const finding = {
      kind: 'restoration-without-workflow',
      subjectId: stopId,
      ...{ centreId, accountId, caseId },
      detail: { workflowId, status: run?.status ?? 'not there' },
    };
    await meetDifference(deps, at, finding, async () => {
      const clockOffsetMs = await act(deps, at, (tx) => caseOffsetMs(tx, accountId));
      await deps.engine.start({
        type: WORKFLOWS.restoration,
        workflowId,
        taskQueue: TASK_QUEUES.cases,
        input: { companyId: at.companyId, centreId, accountId, stopId, clockOffsetMs },
        signal: { name: FACT_SIGNAL, payload: { kind, factId } },
      });
    });
  }
  return owed.length;
}

/** Cases and restorations in the books against the workflows that carry them, both ways. */
export const compareWorkflows =
  (deps: WatchDeps) =>
  async (at: ReconcileAt): Promise<number> =>
    (await compareRestorations(deps, at)) +
    (await compareCases(deps, at)) +
    (await compareOrphans(deps, at, Date.now()));
