import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { Intake } from '../deps.ts';
import { letterReceipt } from '../credit/letters/serve-letter.ts';
import { keepRecord } from '../keep-record.ts';
import { storeService } from '../service/record-service.ts';
import { tellCase } from '../tell-case.ts';
import { takeMessage } from './take-message.ts';

const FAILED = new Set(['failed', 'undelivered', 'canceled']);

/**
 * What the carrier says became of an SMS or a mail. `delivered` is arrival; `accepted`, `queued` and `sent` prove nothing
 * (L8). The arrival of a notice at an agreed address is its service. @throws IntakeRefused `unknown-message` (404)
 */
export function recordMessageReceipt(
  intake: Intake,
  fact: { messageId: string; providerStatus: string; providerId?: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, message, at } = await takeMessage(tx, fact.messageId, fact.providerId);
    const outcome =
      fact.providerStatus === 'delivered'
        ? 'delivered'
        : FAILED.has(fact.providerStatus)
          ? 'failed'
          : undefined;
    // A delivered message stays delivered, whatever comes late or twice.
    if (outcome === undefined || message.status === 'delivered' || message.status === outcome) return;
    await tx.run(
      `update messages set status = $2, delivered_at = case when $2 = 'delivered' then $3::timestamptz end, failure = $4
        where message_id = $1`,
      [fact.messageId, outcome, at, outcome === 'failed' ? fact.providerStatus : null],
    );
    await keepRecord(tx, account, {
      action: `message.${outcome}`,
      factId: `${fact.messageId}/${outcome}`,
      actor: 'carrier',
      occurredAt: at,
      body: { messageId: fact.messageId, purpose: message.purpose, channel: message.channel },
    });
    // A letter to the letter shop is only handed over; its proof comes back with a person.
    if (message.channel !== 'letter')
      await letterReceipt(tx, account, { messageId: fact.messageId, outcome });
    if (outcome === 'delivered' && message.noticeId !== null && message.channel !== 'letter')
      await storeService(tx, intake.vault, {
        noticeId: message.noticeId,
        method: 'electronic',
        by: 'carrier',
        proofs: [],
        receipt: 'delivered',
        sentOn: civilDateAt(Date.parse(message.writtenAt)),
      });
    // Only the word before the stop is waited for.
    if (message.purpose === 'second-notice')
      await tellCase(tx, account, 'receipt', `${fact.messageId}/${outcome}`);
  });
}
