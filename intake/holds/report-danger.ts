import { randomUUID } from 'node:crypto';
import { putTask } from '../../db/tasks/put-task.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { standDown } from '../stand-down.ts';
import { takeAccount } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { triggerIfStopped } from './trigger-if-stopped.ts';

/** Somebody's health is in danger without electricity, as anybody may say it. */
export interface DangerFact {
  accountNo: string;
  by: string;
  /** In words; kept with the hold. */
  reason?: string;
  /** The same report told twice is one; drawn where it is left out. */
  factId?: string;
}

export interface DangerAnswer {
  restorationOwed: boolean;
  /** Nothing is stopped until a person ends this hold. */
  holdId: string;
}

const ASKED_WITHIN_MS = 24 * 60 * 60_000;

/**
 * Danger to health (L3, L11): supply that is off comes back, a crew on its way is recalled, and nothing is stopped until a
 * person has looked. The registry of protected people needs their consent, so the reader is sent to ask.
 * @throws IntakeRefused `unknown-account` (404), `hold-differs` (409)
 */
export function reportDanger(intake: Intake, fact: DangerFact): Promise<DangerAnswer> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const { companyId, centreId, accountId, nowMs } = account;
    const holdId = `hold/protection/${fact.factId ?? randomUUID()}`;
    const at = new Date(nowMs).toISOString();
    const stored = await tx.run(
      `insert into holds (hold_id, company_id, centre_id, account_id, kind, until_at, reason, set_by, occurred_at)
       values ($1, $2, $3, $4, 'protection', null, $5, $6, $7) on conflict (hold_id) do nothing`,
      [holdId, companyId, centreId, accountId, fact.reason ?? 'danger', fact.by, at],
    );
    const known = await tx.row<{ account_id: string }>('select account_id from holds where hold_id = $1', [
      holdId,
    ]);
    if (known?.account_id !== accountId) throw new IntakeRefused('hold-differs', 409, { holdId });
    await standDown(tx, account, 'danger', fact.by);
    const restorationOwed = await triggerIfStopped(tx, account, 'danger', holdId);
    if (stored === 0) return { restorationOwed, holdId };
    if (account.protection !== 'registered')
      await putTask(tx, {
        ...{ taskId: `task/ask-protection/${holdId}`, companyId, centreId, accountId },
        ...{ caseId: account.openCase?.caseId ?? null, kind: 'ask-protection', role: 'reader' },
        ...{ assignee: account.readerId, ref: accountId },
        ...{ notBeforeMs: nowMs, dueAtMs: nowMs + ASKED_WITHIN_MS, nowMs },
      });
    await keepRecord(tx, account, {
      action: 'danger.reported',
      factId: holdId,
      actor: fact.by,
      occurredAt: at,
      body: { holdId, restorationOwed },
    });
    await tellCase(tx, account, 'danger', holdId);
    return { restorationOwed, holdId };
  });
}
