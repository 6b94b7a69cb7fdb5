import type { Tx } from '../../db/database.ts';
import type { Finding } from '../../db/watch/finding.ts';
import type { EngineRun } from '../../systems/engine/port.ts';
import { caseWorkflowId, restoreWorkflowId, WORKFLOWS } from '../../workflows/messages.ts';
import { act } from '../deps.ts';
import type { WatchDeps } from './watch-deps.ts';

const DAY_MS = 86_400_000;

/** Something in the books that lives only while its workflow runs. */
interface Lives {
  workflowId: string;
  subjectId: string;
  accountId: string;
  centreId: string;
  caseId: string | null;
}

type Row = Omit<Lives, 'workflowId'>;

const CASES = `select case_id as "subjectId", account_id as "accountId", centre_id as "centreId", case_id as "caseId"
  from cases where status = 'open'`;
const RESTORATIONS = `select r.stop_id as "subjectId", r.account_id as "accountId", r.centre_id as "centreId", s.case_id as "caseId"
  from restorations r join stops s using (stop_id) where r.restored_at is null`;

async function readLives(tx: Tx): Promise<Lives[]> {
  const cases = await tx.rows<Row>(CASES);
  const restorations = await tx.rows<Row>(RESTORATIONS);
  return [
    ...cases.map((row) => ({ ...row, workflowId: caseWorkflowId(row.accountId) })),
    ...restorations.map((row) => ({ ...row, workflowId: restoreWorkflowId(row.subjectId) })),
  ];
}

async function runningIds(deps: WatchDeps): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const type of [WORKFLOWS.collectionCase, WORKFLOWS.restoration])
    for await (const run of deps.engine.listRunning(type)) ids.add(run.workflowId);
  return ids;
}

const asFinding = ({ workflowId, ...of }: Lives, kind: string, run: EngineRun | undefined): Finding => ({
  kind,
  ...of,
  detail: { workflowId, status: run?.status ?? 'not there' },
});

/**
 * Open books whose workflow is missing or has failed. The engine's list may lag by seconds, so each suspect is asked for by
 * name, and its books are looked at once more: who ended meanwhile in good order is no fault.
 */
export async function findWorkflowFaults(deps: WatchDeps, at: { companyId: string }): Promise<Finding[]> {
  const before = await act(deps, at, readLives);
  const ids = await runningIds(deps);
  const faults: Finding[] = [];
  for (const one of before.filter(({ workflowId }) => !ids.has(workflowId))) {
    const run = await deps.engine.describe(one.workflowId);
    if (run?.status !== 'running')
      faults.push(asFinding(one, run === undefined ? 'workflow-missing' : 'workflow-failed', run));
  }
  if (faults.length === 0) return [];
  const still = new Set((await act(deps, at, readLives)).map(({ subjectId }) => subjectId));
  return faults.filter(({ subjectId }) => still.has(subjectId));
}

async function ownerOf(tx: Tx, workflowId: string): Promise<Omit<Finding, 'kind' | 'subjectId' | 'detail'>> {
  const named = await tx.row<{ accountId: string; centreId: string }>(
    `select account_id as "accountId", centre_id as "centreId" from accounts
      where account_id = coalesce((select account_id from stops where stop_id = substr($1, 9)), substr($1, 6))`,
    [workflowId],
  );
  return { accountId: named?.accountId ?? null, centreId: named?.centreId ?? null, caseId: null };
}

/** Workflows whose tasks fail again and again, and reports or watches that ended in failure and were not started anew. */
export async function findTroubledWorkflows(
  deps: WatchDeps,
  at: { companyId: string },
  nowMs: number,
): Promise<Finding[]> {
  const found: { kind: string; run: EngineRun }[] = [];
  for await (const run of deps.engine.listTroubled()) found.push({ kind: 'workflow-task-failing', run });
  for (const type of [WORKFLOWS.upwardReport, WORKFLOWS.paymentWatch, WORKFLOWS.reconciliation])
    for await (const run of deps.engine.listFailed(type, nowMs - DAY_MS)) {
      const latest = await deps.engine.describe(run.workflowId);
      if (latest?.runId === run.runId) found.push({ kind: 'workflow-failed', run });
    }
  return act(deps, at, async (tx) => {
    const findings: Finding[] = [];
    for (const { kind, run } of found)
      findings.push({
        kind,
        subjectId: run.workflowId,
        ...(await ownerOf(tx, run.workflowId)),
        detail: { status: run.status },
      });
    return findings;
  });
}
