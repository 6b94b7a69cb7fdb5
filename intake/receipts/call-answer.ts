import type { Tx } from '../../db/database.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { holdForClaim } from '../service/claims-paid.ts';
import type { AccountInHand } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { takeMessage } from './take-message.ts';

const LOOKED_AT_WITHIN_MS = 60 * 60_000;

/**
 * 1: it is safe to switch on. 2: it is dangerous, so nobody switches on from afar, and a person tells the crew before it does
 * (T3.3); the clock runs on, and the crew is still on its way.
 */
async function takeSafetyAnswer(
  tx: Tx,
  account: AccountInHand,
  stopId: string,
  digits: '1' | '2',
): Promise<void> {
  const { companyId, centreId, accountId, nowMs } = account;
  const at = new Date(nowMs).toISOString();
  if (digits === '1') {
    await tx.run(
      `update restorations set safety_confirmed_at = $2 where stop_id = $1 and safety_confirmed_at is null`,
      [stopId, at],
    );
    return;
  }
  const warned = await tx.run(
    `update restorations set safety_danger_at = $2 where stop_id = $1 and safety_danger_at is null and restored_at is null`,
    [stopId, at],
  );
  if (warned === 0) return;
  await putTask(tx, {
    ...{ companyId, centreId, accountId, nowMs },
    taskId: `task/unsafe-to-restore/${stopId}`,
    caseId: null,
    kind: 'unsafe-to-restore',
    role: 'team-leader',
    assignee: null,
    ref: stopId,
    notBeforeMs: nowMs,
    dueAtMs: nowMs + LOOKED_AT_WITHIN_MS,
  });
}

const UNANSWERED = new Set(['busy', 'no-answer', 'failed', 'canceled', 'completed']);

/**
 * The key the customer pressed (T2.4): 1 understood, 2 says that it is paid, which holds the stop until it is checked (T1.2).
 * In a safety call 1 means that it is safe to switch on, 2 that it is not. Answers what the call was about. @throws IntakeRefused `unknown-message` (404)
 */
export function recordCallAnswer(
  intake: Intake,
  fact: { messageId: string; digits: '1' | '2'; providerId?: string },
): Promise<{ purpose: string }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, message, at } = await takeMessage(tx, fact.messageId, fact.providerId);
    await tx.run(
      `update messages set status = 'acknowledged', digits = $2, answered_at = coalesce(answered_at, $3) where message_id = $1`,
      [fact.messageId, fact.digits, at],
    );
    if (message.purpose === 'safety-call')
      await takeSafetyAnswer(tx, account, message.key.replace(/\/safety-call$/, ''), fact.digits);
    if (message.purpose === 'second-notice' && fact.digits === '2')
      await holdForClaim(tx, account, fact.messageId, 'customer');
    await keepRecord(tx, account, {
      action: 'call.acknowledged',
      factId: fact.messageId,
      actor: 'customer',
      occurredAt: at,
      body: { messageId: fact.messageId, purpose: message.purpose, digits: fact.digits },
    });
    await tellCase(tx, account, 'call', `${fact.messageId}/${fact.digits}`);
    return { purpose: message.purpose };
  });
}

/** How a call ended; one that ended without a key pressed reached nobody (T2.4). @throws IntakeRefused `unknown-message` (404) */
export function recordCallStatus(
  intake: Intake,
  fact: { messageId: string; providerStatus: string; providerId?: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, message, at } = await takeMessage(tx, fact.messageId, fact.providerId);
    if (!UNANSWERED.has(fact.providerStatus) || !['sending', 'sent'].includes(message.status)) return;
    await tx.run(`update messages set status = 'unanswered', failure = $2 where message_id = $1`, [
      fact.messageId,
      fact.providerStatus,
    ]);
    await keepRecord(tx, account, {
      action: 'call.unanswered',
      factId: fact.messageId,
      actor: 'carrier',
      occurredAt: at,
      body: { messageId: fact.messageId, purpose: message.purpose, providerStatus: fact.providerStatus },
    });
    await tellCase(tx, account, 'call', `${fact.messageId}/${fact.providerStatus}`);
  });
}
