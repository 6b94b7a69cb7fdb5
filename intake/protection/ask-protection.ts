import { putTask } from '../../db/tasks/put-task.ts';
import type { Intake } from '../deps.ts';
import { takeAccount } from '../take-account.ts';

const WEEK_MS = 7 * 86_400_000;

/**
 * Nobody has asked this customer about life support yet, so the account can neither enter nor be left out: its reader is sent
 * to ask (L11). Asked for twice it is one task. @throws IntakeRefused `unknown-account` (404)
 */
export function askProtection(intake: Intake, accountId: string): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountId });
    if (account.protection !== null) return;
    const { companyId, centreId, readerId, nowMs } = account;
    await putTask(tx, {
      ...{ companyId, centreId, accountId, nowMs },
      taskId: `task/ask-protection/${accountId}`,
      caseId: null,
      kind: 'ask-protection',
      role: 'reader',
      assignee: readerId,
      ref: accountId,
      notBeforeMs: nowMs,
      dueAtMs: nowMs + WEEK_MS,
    });
  });
}
