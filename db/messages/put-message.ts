import type { Vault } from '../keys/vault.ts';
import type { Tx } from '../database.ts';

/** A message to a customer as it will be sent; `key` makes it one, however often it is put. */
export interface NewMessage {
  companyId: string;
  centreId: string;
  accountId: string;
  caseId: string | null;
  noticeId?: string;
  key: string;
  channel: 'sms' | 'email' | 'letter' | 'call' | 'wechat';
  /** What for, e.g. `first-dunning`. */
  purpose: string;
  address: string;
  content: { subject?: string; text: string; recipientName?: string };
  /** Case time, ISO. */
  occurredAt: string;
}

/** Stores a message once under its key, sealed. Returns its opaque id, which also travels to the carrier. */
export async function putMessage(tx: Tx, vault: Vault, message: NewMessage): Promise<string> {
  const messageId = vault.idOf('msg', message.companyId, message.key);
  await tx.run(
    `insert into messages (message_id, company_id, centre_id, account_id, case_id, notice_id, message_key, channel,
                           purpose, address_enc, text_enc, status, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'prepared', $12) on conflict (message_key) do nothing`,
    [
      messageId,
      message.companyId,
      message.centreId,
      message.accountId,
      message.caseId,
      message.noticeId ?? null,
      message.key,
      message.channel,
      message.purpose,
      vault.seal(message.address),
      vault.sealJson(message.content),
      message.occurredAt,
    ],
  );
  return messageId;
}
