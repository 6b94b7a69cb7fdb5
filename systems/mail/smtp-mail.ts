import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { SystemRefused, SystemUnavailable } from '../errors.ts';
import type { MailPort } from './port.ts';

interface Mail {
  to: string;
  subject: string;
  text: string;
  messageKey: string;
}

const TIMEOUT_MS = 15_000;

function faultOf(error: unknown): Error {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  // A mail server repeats the address in its words: only its code, or that of the connection, is told.
  const why: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  const detail = code > 0 ? `SMTP ${code}` : typeof why === 'string' ? why : 'not sent';
  return code >= 500
    ? new SystemRefused('mail', String(code), detail)
    : new SystemUnavailable('mail', detail);
}

/** E-mail by SMTP; paper letters go to the mailbox of the letter shop, which reports delivery as a proof. */
export function smtpMail(options: { smtpUrl: string; from: string; letterShop: string }): MailPort {
  const transport = createTransport(options.smtpUrl, {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  } as never);
  const domain = options.from.split('@')[1] ?? 'localhost';
  async function hand(mail: Mail): Promise<{ providerId: string }> {
    // The same key gives the same Message-ID: a second sending is recognised as the same mail.
    const messageId = `<${createHash('sha256').update(mail.messageKey).digest('hex').slice(0, 40)}@${domain}>`;
    try {
      await transport.sendMail({
        from: options.from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        messageId,
      });
    } catch (error) {
      throw faultOf(error);
    }
    return { providerId: messageId };
  }
  return {
    send: (mail) => hand(mail),
    sendLetter: ({ recipientName, address, subject, text, messageKey }) =>
      hand({
        to: options.letterShop,
        subject: `信函 ${subject}`,
        text: `收件人：${recipientName}\n地址：${address}\n编号：${messageKey}\n\n${text}`,
        messageKey,
      }),
  };
}
