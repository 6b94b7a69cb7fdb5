import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

/** Somebody did what only a person can do, and says what came of it. */
export interface TaskFinished {
  taskId: string;
  by: string;
  roles: readonly string[];
  /** In words; kept with the task. */
  outcome: string;
}

/** Tasks that end by a word; every other one ends by its own fact: a service, a check, a proof of supply. */
const ENDS_BY_WORD: ReadonlySet<string> = new Set([
  'still-dark',
  'unsafe-to-restore',
  'manual-path',
  'raise-by-hand',
  // Certificate and reward were handed over (G3.5).
  'credit-draw-award',
]);

/** Can somebody in these roles end this task by a word? */
export const endsByWord = (task: { kind: string; role: string }, roles: readonly string[]): boolean =>
  ENDS_BY_WORD.has(task.kind) && roles.includes(task.role);

/**
 * Ends a task that a person settles by hand. Told twice it changes nothing.
 * @throws IntakeRefused `unknown-task` (404), `task-ends-by-its-fact`, `not-sent-to-you` (409)
 */
export function finishTask(intake: Intake, fact: TaskFinished): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{
      account_id: string;
      case_id: string | null;
      kind: string;
      role: string;
      ref: string;
    }>('select account_id, case_id, kind, role, ref from tasks where task_id = $1', [fact.taskId]);
    if (of === undefined) throw new IntakeRefused('unknown-task', 404, { what: 'task' });
    if (!ENDS_BY_WORD.has(of.kind)) throw new IntakeRefused('task-ends-by-its-fact', 409, { kind: of.kind });
    if (!fact.roles.includes(of.role)) throw new IntakeRefused('not-sent-to-you', 409);
    const account = await takeAccount(tx, { accountId: of.account_id });
    const at = new Date(account.nowMs).toISOString();
    const done = await tx.run(
      `update tasks set done_at = $2, outcome = $3 where task_id = $1 and done_at is null`,
      [fact.taskId, at, fact.outcome],
    );
    if (done === 0) return;
    await keepRecord(tx, account, {
      action: 'task.done',
      factId: fact.taskId,
      actor: fact.by,
      occurredAt: at,
      ...(of.case_id === null ? {} : { caseId: of.case_id }),
      body: { taskId: fact.taskId, kind: of.kind, ref: of.ref },
    });
  });
}
