import { WorkflowNotFoundError } from '@temporalio/client';
import { caseNowMs } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
import { caseWorkflowId, restoreWorkflowId } from '../../workflows/messages.ts';
import { workflowClock } from '../temporal/fast-forward.ts';
import { moveAccountClock, moveCase } from './move-case.ts';
import type { CaseAt, CaseMove } from './move-case.ts';

/** A move of whatever runs for an account: its case, then the restoration of its stop, then its clock alone. */
export type AccountMove = Omit<CaseMove, 'workflowId'>;

/** Where an account stands after a move. */
export interface AccountMoved extends CaseAt {
  /** The workflow that was moved last; null: only the clock. */
  readonly workflowId: string | null;
}

async function isRunning(move: AccountMove, workflowId: string): Promise<boolean> {
  try {
    return (await workflowClock(move.connection, move.namespace, workflowId)).running;
  } catch (error) {
    const isUnknown =
      error instanceof WorkflowNotFoundError ||
      (typeof error === 'object' && error !== null && 'code' in error && error.code === 5);
    if (isUnknown) return false;
    throw error;
  }
}

/** The workflow that carries an account now: its open case, else the restoration of a stop; null = none. */
export async function runningWorkflow(move: AccountMove): Promise<string | null> {
  if (await isRunning(move, caseWorkflowId(move.accountId))) return caseWorkflowId(move.accountId);
  const stop = await move.db.tx(wholeCompany(move.companyId), (tx) =>
    tx.row<{ stop_id: string }>(
      'select stop_id from stops where account_id = $1 order by occurred_at desc limit 1',
      [move.accountId],
    ),
  );
  if (stop === undefined) return null;
  return (await isRunning(move, restoreWorkflowId(stop.stop_id))) ? restoreWorkflowId(stop.stop_id) : null;
}

/**
 * Moves an account to a case time: its case as long as that runs, then the restoration that followed, then the clock alone.
 * @throws as moveCase
 */
export async function moveAccount(move: AccountMove): Promise<AccountMoved> {
  let last: AccountMoved | undefined;
  for (;;) {
    const workflowId = await runningWorkflow(move);
    if (workflowId === null || workflowId === last?.workflowId) break;
    const moved = await moveCase({ ...move, workflowId });
    last = { nowMs: moved.nowMs, whereabouts: moved.whereabouts, workflowId };
    if (moved.outcome !== 'ended') return last;
  }
  if (last !== undefined && last.nowMs >= move.untilMs) return last;
  await moveAccountClock(move);
  const nowMs = await move.db.tx(wholeCompany(move.companyId), (tx) => caseNowMs(tx, move.accountId));
  return { nowMs, whereabouts: null, workflowId: null };
}
