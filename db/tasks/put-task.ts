import type { Tx } from '../database.ts';

/** Work for a person; `ref` names the notice, ticket or stop that it is about. */
export interface NewTask {
  taskId: string;
  companyId: string;
  centreId: string;
  caseId: string | null;
  accountId: string;
  kind:
    | 'serve-first'
    | 'serve-yellow'
    | 'serve-red'
    | 'identify-meter'
    | 'tell-in-person'
    | 'somebody-knows'
    | 'raise-by-hand'
    | 'restore-by-hand'
    | 'ask-protection'
    | 'manual-path'
    | 'explain-miss'
    | 'plan-asked'
    | 'serve-credit-letter'
    | 'decide-objection'
    | 'verify-repair'
    | 'decide-repair'
    | 'read-reply'
    | 'sign-export'
    | 'report-commitment'
    | 'check-claim'
    | 'still-dark'
    | 'unsafe-to-restore';
  role: string;
  assignee: string | null;
  ref: string;
  /** Case time, epoch ms. */
  notBeforeMs: number;
  dueAtMs: number;
  nowMs: number;
}

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

/** Puts a task once under its id. */
export async function putTask(tx: Tx, task: NewTask): Promise<void> {
  await tx.run(
    `insert into tasks (task_id, company_id, centre_id, case_id, account_id, kind, role, assignee, ref, not_before, due_at,
                        occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (task_id) do nothing`,
    [
      task.taskId,
      task.companyId,
      task.centreId,
      task.caseId,
      task.accountId,
      task.kind,
      task.role,
      task.assignee,
      task.ref,
      iso(task.notBeforeMs),
      iso(task.dueAtMs),
      iso(task.nowMs),
    ],
  );
}
