import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { holdForClaim } from '../service/claims-paid.ts';
import { tellCase } from '../tell-case.ts';
import { takeMessage } from './take-message.ts';

const UNANSWERED = new Set(['busy', 'no-answer', 'failed', 'canceled', 'completed']);

/**
 * The key the customer pressed (T2.4): 1 understood, 2 says that it is paid, which holds the stop until it is checked (T1.2).
 * In a safety call 1 means that it is safe to switch on. @throws IntakeRefused `unknown-message` (404)
 */
export function recordCallAnswer(intake: Intake, fact: { messageId: string; digits: string }): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, message, at } = await takeMessage(tx, fact.messageId);
    if (fact.digits !== '1' && fact.digits !== '2') return;
    await tx.run(
      `update messages set status = 'acknowledged', digits = $2, answered_at = coalesce(answered_at, $3) where message_id = $1`,
      [fact.messageId, fact.digits, at],
    );
    if (message.purpose === 'safety-call' && fact.digits === '1')
      await tx.run(
        `update restorations set safety_confirmed_at = $2 where stop_id = $1 and safety_confirmed_at is null`,
        [message.key.replace(/\/safety-call$/, ''), at],
      );
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
  });
}

/** How a call ended; one that ended without a key pressed reached nobody (T2.4). @throws IntakeRefused `unknown-message` (404) */
export function recordCallStatus(
  intake: Intake,
  fact: { messageId: string; providerStatus: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, message, at } = await takeMessage(tx, fact.messageId);
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
