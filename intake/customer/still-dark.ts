import { putTask } from '../../db/tasks/put-task.ts';
import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

const LOOK_WITHIN_MS = 60 * 60_000;

/** The customer says that the light is not back though we believe it is: a team leader is asked to look at once (L3: in doubt, restore). */
export function reportStillDark(intake: Intake, fact: { accountId: string; stopId: string }): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountId: fact.accountId });
    const taskId = `task/still-dark/${fact.stopId}`;
    const known = await tx.row('select 1 from tasks where task_id = $1', [taskId]);
    if (known !== undefined) return;
    await putTask(tx, {
      ...{ taskId, companyId: account.companyId, centreId: account.centreId, accountId: account.accountId },
      caseId: account.openCase?.caseId ?? null,
      kind: 'restore-by-hand',
      role: 'team-leader',
      assignee: null,
      ref: fact.stopId,
      notBeforeMs: account.nowMs,
      dueAtMs: account.nowMs + LOOK_WITHIN_MS,
      nowMs: account.nowMs,
    });
    await keepRecord(tx, account, {
      action: 'customer.still-dark',
      factId: taskId,
      actor: 'customer',
      occurredAt: new Date(account.nowMs).toISOString(),
      body: { stopId: fact.stopId },
    });
  });
}
