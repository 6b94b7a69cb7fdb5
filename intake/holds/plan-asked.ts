import { readCalendar } from '../../db/calendar/read-calendar.ts';
import type { Tx } from '../../db/database.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { endOfWorkingDay } from '../../rules/holds/hold-until.ts';
import type { AccountInHand } from '../take-account.ts';

const ANSWER_WORKING_DAYS = 1;
const DAY_MS = 86_400_000;

/** The centre owes an answer by the end of the next working day (T1.2). */
export async function askCentre(tx: Tx, account: AccountInHand, holdId: string): Promise<void> {
  const calendar = await readCalendar(tx, account.companyId);
  await putTask(tx, {
    taskId: `task/${holdId}`,
    companyId: account.companyId,
    centreId: account.centreId,
    caseId: account.openCase?.caseId ?? null,
    accountId: account.accountId,
    kind: 'plan-asked',
    role: 'centre',
    assignee: null,
    ref: holdId,
    notBeforeMs: account.nowMs,
    dueAtMs:
      endOfWorkingDay(account.nowMs, ANSWER_WORKING_DAYS, calendar, 'working') ?? account.nowMs + DAY_MS,
    nowMs: account.nowMs,
  });
}

/** Whoever agreed on a plan, or ended the wait, has answered. */
export async function answerAsked(tx: Tx, account: AccountInHand, outcome: string): Promise<void> {
  await tx.run(
    `update tasks set done_at = $2, outcome = $3 where account_id = $1 and kind = 'plan-asked' and done_at is null`,
    [account.accountId, new Date(account.nowMs).toISOString(), outcome],
  );
}
