import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import { json, type Tx } from '../database.ts';
import type { ChunkCounts } from './grade-chunk.ts';

export interface NewRun {
  runId: string;
  companyId: string;
  kind: 'grade' | 'score';
  month: CivilDate;
  asOf: CivilDate;
  dry: boolean;
  policy: CreditPolicy;
  startedBy: string;
}

/** A run as it stands. */
export interface Run {
  runId: string;
  kind: 'grade' | 'score';
  month: CivilDate;
  asOf: CivilDate;
  dry: boolean;
  policy: CreditPolicy;
  knownAt: string;
  status: 'running' | 'paused' | 'done' | 'cancelled';
  cursor: string;
  total: number;
  done: number;
}

/** Opens a run once under its id; the number of accounts is an estimate until it ends. @throws 23505 while another runs */
export async function openRun(tx: Tx, run: NewRun): Promise<void> {
  await tx.run(
    `insert into credit_runs (run_id, company_id, kind, month, as_of, dry, policy_version, policy, known_at, status, total, started_by)
     select $1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp(), 'running', (select count(*) from accounts), $9
     on conflict (run_id) do nothing`,
    [
      ...[run.runId, run.companyId, run.kind, run.month, run.asOf, run.dry],
      ...[run.policy.version, json(run.policy), run.startedBy],
    ],
  );
}

export const readRun = (tx: Tx, runId: string): Promise<Run | undefined> =>
  tx.row<Run>(
    `select run_id as "runId", kind, month, as_of as "asOf", dry, policy, known_at as "knownAt", status, cursor, total, done
       from credit_runs where run_id = $1`,
    [runId],
  );

/** The last account of the next `size` behind the cursor; null = nobody is left. */
export async function nextUntil(
  tx: Tx,
  at: { after: string; size: number; most: string | null },
): Promise<{ until: string; accounts: number } | null> {
  const row = await tx.row<{ until: string | null; accounts: number }>(
    `select max(account_id) as until, count(*) as accounts
       from (select account_id from accounts where account_id > $1 and ($3::text is null or account_id <= $3)
              order by account_id limit $2) x`,
    [at.after, at.size, at.most],
  );
  return row === undefined || row.until === null ? null : { until: row.until, accounts: row.accounts };
}

/**
 * Takes the run forward under its lock: false when somebody has already done this stretch. In the same transaction as the
 * stretch itself, so that each is done and counted exactly once, whatever crashes.
 */
export async function takeStretch(tx: Tx, at: { runId: string; after: string }): Promise<boolean> {
  const row = await tx.row<{ cursor: string; status: string }>(
    'select cursor, status from credit_runs where run_id = $1 for update',
    [at.runId],
  );
  return row !== undefined && row.cursor === at.after && row.status === 'running';
}

export async function passStretch(
  tx: Tx,
  at: { runId: string; until: string; accounts: number; faults: number } & Omit<
    ChunkCounts,
    'accounts' | 'written'
  >,
): Promise<void> {
  await tx.run(
    `update credit_runs set cursor = $2, done = done + $3, moved_up = moved_up + $4, moved_down = moved_down + $5,
            queued = queued + $6, faults = faults + $7 where run_id = $1`,
    [at.runId, at.until, at.accounts, at.movedUp, at.movedDown, at.queued, at.faults],
  );
}

/** An account that cannot be judged is noted, and the run goes on without it. */
export async function noteFault(
  tx: Tx,
  at: { runId: string; accountId: string; error: string },
): Promise<void> {
  await tx.run(
    `insert into credit_run_faults (company_id, centre_id, run_id, account_id, error)
     select company_id, centre_id, $1, account_id, $3 from accounts where account_id = $2 on conflict do nothing`,
    [at.runId, at.accountId, at.error.slice(0, 500)],
  );
}

export async function setRunStatus(tx: Tx, at: { runId: string; status: Run['status'] }): Promise<void> {
  await tx.run(
    `update credit_runs set status = $2, finished_at = case when $2 in ('done', 'cancelled') then clock_timestamp() end,
            total = case when $2 = 'done' then done else total end
      where run_id = $1 and status not in ('done', 'cancelled')`,
    [at.runId, at.status],
  );
}
