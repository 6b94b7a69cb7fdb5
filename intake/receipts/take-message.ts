import type { Tx } from '../../db/database.ts';
import { IntakeRefused } from '../deps.ts';
import { takeAccount, type AccountInHand } from '../take-account.ts';

/** A message as its receipts need it. */
export interface MessageInHand {
  messageId: string;
  key: string;
  caseId: string | null;
  noticeId: string | null;
  channel: 'sms' | 'email' | 'letter' | 'call' | 'wechat';
  purpose: string;
  status: string;
  /** When it was written, ISO, case time. */
  writtenAt: string;
}

/**
 * Locks the account, then reads its message. What calls it by the carrier's id ties the two together, should our own note of
 * the sending have been lost with its process. @throws IntakeRefused `unknown-message` (404)
 */
export async function takeMessage(
  tx: Tx,
  messageId: string,
  providerId = '',
): Promise<{ account: AccountInHand; message: MessageInHand; at: string }> {
  const of = await tx.row<{ account_id: string }>('select account_id from messages where message_id = $1', [
    messageId,
  ]);
  if (of === undefined) throw new IntakeRefused('unknown-message', 404, { messageId });
  const account = await takeAccount(tx, { accountId: of.account_id });
  if (providerId !== '')
    await tx.run('update messages set provider_id = $2 where message_id = $1 and provider_id is null', [
      messageId,
      providerId,
    ]);
  const message = await tx.row<MessageInHand>(
    `select message_id as "messageId", message_key as key, case_id as "caseId", notice_id as "noticeId", channel, purpose, status,
            occurred_at as "writtenAt"
       from messages where message_id = $1`,
    [messageId],
  );
  if (message === undefined) throw new IntakeRefused('unknown-message', 404, { messageId });
  return { account, message, at: new Date(account.nowMs).toISOString() };
}
