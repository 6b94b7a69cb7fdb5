import { lockAccount } from '../../db/accounts/lock-account.ts';
import { isOfCredit, messageStands, withdrawMessages } from '../../db/credit/message-stands.ts';
import type { Tx } from '../../db/database.ts';
import { SystemRefused } from '../../systems/errors.ts';
import { act, type ActivityDeps } from '../deps.ts';

interface MessageRow {
  message_id: string;
  company_id: string;
  channel: 'sms' | 'email' | 'letter' | 'call' | 'wechat';
  purpose: string;
  status: string;
  address_enc: Buffer;
  text_enc: Buffer;
  sending_at: string | null;
}

interface Content {
  subject?: string;
  text: string;
  recipientName?: string;
}

const RING_TIMEOUT_SECONDS = 40;

/** The earliest that the carrier took and that is of no other message: one call tells one thing, also where two went to one number. */
async function ofNoOther<Carried extends { providerId: string }>(
  deps: ActivityDeps,
  message: MessageRow,
  found: readonly Carried[],
): Promise<Carried | undefined> {
  if (found.length === 0) return undefined;
  const others = await act(deps, { companyId: message.company_id }, (tx) =>
    tx.rows<{ providerId: string }>(
      `select provider_id as "providerId" from messages where provider_id = any ($1::text[]) and message_id <> $2`,
      [found.map(({ providerId }) => providerId), message.message_id],
    ),
  );
  const taken = new Set(others.map(({ providerId }) => providerId));
  return found.find(({ providerId }) => !taken.has(providerId));
}

/** Hands over what is prepared; before a second try the carrier is asked whether it has the first (one key, one message). */
async function handOver(deps: ActivityDeps, message: MessageRow): Promise<string> {
  const to = deps.vault.open(message.address_enc);
  const content = deps.vault.openJson<Content>(message.text_enc);
  const hook = (name: string) =>
    `${deps.publicUrl}/webhooks/twilio/${name}/${encodeURIComponent(message.message_id)}`;
  const sinceMs = message.sending_at === null ? null : Date.parse(message.sending_at) - 5_000;
  switch (message.channel) {
    case 'sms': {
      const found = sinceMs === null ? [] : await deps.systems.sms.find({ to, text: content.text, sinceMs });
      const sent =
        (await ofNoOther(deps, message, found)) ??
        (await deps.systems.sms.send({ to, text: content.text, statusCallbackUrl: hook('message-status') }));
      return sent.providerId;
    }
    case 'call': {
      const found = sinceMs === null ? [] : await deps.systems.voice.find({ to, sinceMs });
      const placed =
        (await ofNoOther(deps, message, found)) ??
        (await deps.systems.voice.place({
          to,
          answerUrl: hook('voice'),
          statusCallbackUrl: hook('call-status'),
          ringTimeoutSeconds: RING_TIMEOUT_SECONDS,
        }));
      return placed.providerId;
    }
    case 'wechat': {
      const note = { openId: to, text: content.text, messageKey: message.message_id };
      return (await deps.systems.wechat.send(note)).providerId;
    }
    case 'email': {
      const mail = { to, subject: content.subject ?? '', text: content.text, messageKey: message.message_id };
      return (await deps.systems.mail.send(mail)).providerId;
    }
    case 'letter': {
      const letter = {
        recipientName: content.recipientName ?? '',
        address: to,
        subject: content.subject ?? '',
        text: content.text,
        messageKey: message.message_id,
      };
      return (await deps.systems.mail.sendLetter(letter)).providerId;
    }
  }
}

/** What a message of credit says may have been withdrawn since it was written: then it does not leave, or not now (L5, L7). */
async function mayBeSaid(tx: Tx, messageId: string): Promise<boolean> {
  const of = await tx.row<{ accountId: string; purpose: string }>(
    'select account_id as "accountId", purpose from messages where message_id = $1',
    [messageId],
  );
  if (of === undefined || !isOfCredit(of.purpose)) return true;
  await lockAccount(tx, of);
  const standing = await messageStands(tx, { messageId, ...of });
  if (standing === 'fallen') await withdrawMessages(tx, [messageId]);
  return standing === 'stands';
}

/** Sends one prepared message. Accepted by a carrier is not served: the receipt comes later (L8). @throws SystemUnavailable | SystemRefused */
export const sendMessage =
  (deps: ActivityDeps) =>
  async (at: { companyId: string; messageId: string }): Promise<void> => {
    const message = await act(deps, at, async (tx) => {
      const isSaid = await mayBeSaid(tx, at.messageId);
      const row = await tx.row<MessageRow>(
        `select message_id, company_id, channel, purpose, status, address_enc, text_enc, sending_at
           from messages where message_id = $1 for update`,
        [at.messageId],
      );
      if (row === undefined) throw new Error(`message ${at.messageId} is not prepared`);
      if (!isSaid) return undefined;
      if (row.status === 'prepared') {
        await tx.run(
          `update messages set status = 'sending', sending_at = clock_timestamp() where message_id = $1`,
          [at.messageId],
        );
      }
      return row;
    });
    if (message === undefined || (message.status !== 'prepared' && message.status !== 'sending')) return;
    try {
      const providerId = await handOver(deps, message);
      await act(deps, at, (tx) =>
        tx.run(
          `update messages set status = case when status = 'sending' then 'sent' else status end,
                  provider_id = coalesce(provider_id, $2), sent_at = coalesce(sent_at, clock_timestamp())
            where message_id = $1`,
          [at.messageId, providerId],
        ),
      );
    } catch (error) {
      if (error instanceof SystemRefused) {
        await act(deps, at, (tx) =>
          tx.run(
            `update messages set status = 'failed', failure = $2 where message_id = $1 and status = 'sending'`,
            [at.messageId, error.code],
          ),
        );
      }
      throw error;
    }
  };
