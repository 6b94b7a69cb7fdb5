import { randomBytes } from 'node:crypto';
import type { AgendaResult } from '../agenda/agenda.ts';
import type { SimContext } from '../context.ts';
import { toE164 } from '../http/phone.ts';
import { HttpProblem } from '../http/problem.ts';
import { smsBehaviourOf } from './behaviour.ts';
import { formContentType } from './signature.ts';
import { TwilioError } from './twilio-error.ts';

export interface MessageRow {
  sid: string;
  from_phone: string;
  to_phone: string;
  body: string;
  direction: 'outbound-api' | 'inbound';
  status: 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';
  error_code: number | null;
  status_callback: string | null;
  created_at: string;
  sent_at: string | null;
  updated_at: string;
}

const agendaKind = 'carrier-message';
const errorCodes = { delivered: null, undelivered: 30003, failed: 30008 } as const;
const longestBody = 1_600;

/** Takes a message and sends it on its way: queued, sent, then as the phone behaves. @throws TwilioError as Twilio refuses */
export async function createMessage(
  sim: SimContext,
  form: Record<string, string | undefined>,
): Promise<MessageRow> {
  const to = requirePhone(form['To']);
  const from = form['From'];
  if (!from) throw new TwilioError(400, 21603, "A 'From' phone number is required.");
  const body = form['Body'];
  if (!body) throw new TwilioError(400, 21602, 'Message body is required.');
  if (body.length > longestBody) {
    throw new TwilioError(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
  }
  const [row] = await sim.books.rows<MessageRow>(
    `insert into carrier_message (sid, from_phone, to_phone, body, direction, status, status_callback, created_at, updated_at)
     values ($1, $2, $3, $4, 'outbound-api', 'queued', $5, $6, $6) returning *`,
    [newSid('SM'), from, to, body, form['StatusCallback'] || null, sim.clock.nowIso()],
  );
  if (!row) throw new Error('the message was not kept');
  const { delayMs } = await smsBehaviourOf(sim.books, to, sim.paceMs);
  await sim.agenda.put(agendaKind, { sid: row.sid, step: 'sent' }, delayMs);
  return row;
}

/** Teaches the agenda to carry messages on; to be called once before it opens. */
export function carryMessages(sim: SimContext): void {
  sim.agenda.handle(agendaKind, (payload) => advance(sim, payload as { sid: string; step: 'sent' | 'end' }));
}

/** A customer writes to us. @throws HttpProblem 409 `no-public-url` */
export async function receiveSms(
  sim: SimContext,
  sms: { from: string; to: string; text: string },
): Promise<{ sid: string }> {
  const publicUrl = sim.publicUrl();
  if (publicUrl === undefined) {
    throw new HttpProblem(
      409,
      'no-public-url',
      'The carrier was not told where to deliver inbound messages.',
    );
  }
  const sid = newSid('SM');
  const from = toE164(sms.from);
  await sim.books.rows(
    `insert into carrier_message (sid, from_phone, to_phone, body, direction, status, created_at, sent_at, updated_at)
     values ($1, $2, $3, $4, 'inbound', 'received', $5, $5, $5)`,
    [sid, from, sms.to, sms.text, sim.clock.nowIso()],
  );
  const form = new URLSearchParams({
    ...commonParameters(sim, sid),
    From: from,
    To: sms.to,
    Body: sms.text,
    SmsStatus: 'received',
    NumMedia: '0',
    NumSegments: '1',
  });
  await sim.webhooks.send({
    system: 'carrier',
    url: `${publicUrl}/webhooks/twilio/sms`,
    contentType: formContentType,
    body: form.toString(),
    subject: { phone: from },
  });
  return { sid };
}

/** A Twilio SID of 34 characters. */
export function newSid(prefix: 'SM' | 'CA'): string {
  return prefix + randomBytes(16).toString('hex');
}

/** @throws TwilioError 21604 without a number, 21211 unless it is E.164 */
export function requirePhone(to: string | undefined): string {
  if (!to) throw new TwilioError(400, 21604, "A 'To' phone number is required.");
  if (/^\+[1-9]\d{4,14}$/.test(to)) return to;
  throw new TwilioError(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
}

async function advance(
  sim: SimContext,
  { sid, step }: { sid: string; step: 'sent' | 'end' },
): Promise<AgendaResult> {
  const [row] = await sim.books.rows<MessageRow>('select * from carrier_message where sid = $1', [sid]);
  if (!row) return;
  const { sms, delayMs } = await smsBehaviourOf(sim.books, row.to_phone, sim.paceMs);
  if (step === 'end' && sms === 'never') return;
  const status = step === 'sent' ? 'sent' : sms === 'never' ? 'sent' : sms;
  const errorCode = step === 'sent' || sms === 'never' ? null : errorCodes[sms];
  const now = sim.clock.nowIso();
  await sim.books.rows(
    `update carrier_message set status = $2, error_code = $3, sent_at = coalesce(sent_at, $4), updated_at = $4
      where sid = $1`,
    [sid, status, errorCode, now],
  );
  await tellStatus(sim, { ...row, status, error_code: errorCode });
  if (step === 'sent') await sim.agenda.put(agendaKind, { sid, step: 'end' }, delayMs);
}

async function tellStatus(sim: SimContext, row: MessageRow): Promise<void> {
  if (row.status_callback === null) return;
  const form = new URLSearchParams({
    ...commonParameters(sim, row.sid),
    From: row.from_phone,
    To: row.to_phone,
    SmsStatus: row.status,
    MessageStatus: row.status,
    ...(row.error_code === null ? {} : { ErrorCode: String(row.error_code) }),
  });
  await sim.webhooks.send({
    system: 'carrier',
    url: row.status_callback,
    contentType: formContentType,
    body: form.toString(),
    subject: { phone: row.to_phone },
  });
}

function commonParameters(sim: SimContext, sid: string): Record<string, string> {
  return {
    AccountSid: sim.secrets.twilioAccountSid,
    ApiVersion: '2010-04-01',
    MessageSid: sid,
    SmsSid: sid,
  };
}
