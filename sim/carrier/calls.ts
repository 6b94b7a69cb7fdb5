import type { AgendaResult } from '../agenda/agenda.ts';
import type { SimContext } from '../context.ts';
import { postWebhook } from '../webhooks/post.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallBehaviour } from './behaviour.ts';
import { nextCallBehaviour } from './behaviour.ts';
import type { Conversation, Heard } from './conversation.ts';
import { converse } from './conversation.ts';
import { newSid, requirePhone } from './messages.ts';
import { formContentType, twilioSignature } from './signature.ts';
import { TwilioError } from './twilio-error.ts';

export interface CallRow {
  sid: string;
  from_phone: string;
  to_phone: string;
  answer_url: string | null;
  answer_twiml: string | null;
  status_callback: string | null;
  callback_events: string[];
  status: 'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed';
  error_code: number | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  updated_at: string;
  behaviour: CallBehaviour | null;
  heard: Heard[];
  pressed: string[];
}

type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

const agendaKind = 'carrier-call';

/** Takes a call and places it soon. @throws TwilioError as Twilio refuses */
export async function createCall(
  sim: SimContext,
  form: Record<string, string | undefined>,
  events: readonly string[],
): Promise<CallRow> {
  const to = requirePhone(form['To']);
  const from = form['From'];
  if (!from) throw new TwilioError(400, 21213, "A 'From' phone number is required.");
  if (!form['Url'] && !form['Twiml']) throw new TwilioError(400, 21205, 'Url parameter is required.');
  if (form['Url'] && !URL.canParse(form['Url'])) throw new TwilioError(400, 21205, 'Url is not a valid URL.');
  const [row] = await sim.books.rows<CallRow>(
    `insert into carrier_call (sid, from_phone, to_phone, answer_url, answer_twiml, status_callback, callback_events,
       status, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $8) returning *`,
    [
      newSid('CA'),
      from,
      to,
      form['Url'] ?? null,
      form['Twiml'] ?? null,
      form['StatusCallback'] || null,
      events.length === 0 ? ['completed'] : events,
      sim.clock.nowIso(),
    ],
  );
  if (!row) throw new Error('the call was not kept');
  await sim.agenda.put(agendaKind, { sid: row.sid }, 0);
  return row;
}

/** Teaches the agenda to carry calls; to be called once before it opens. */
export function carryCalls(sim: SimContext): void {
  sim.agenda.handle(agendaKind, (payload, run) => carry(sim, (payload as { sid: string }).sid, run.signal));
}

async function carry(sim: SimContext, sid: string, signal: AbortSignal): Promise<AgendaResult> {
  const [row] = await sim.books.rows<CallRow>('select * from carrier_call where sid = $1', [sid]);
  if (!row) return;
  // A line that a restart of the carrier cut is not rung again.
  if (row.status !== 'queued') return void (await step(sim, row, 'completed', { status: 'failed' }));
  const { call, delayMs } = await nextCallBehaviour(sim.books, row.to_phone, sim.paceMs);
  await sim.books.rows('update carrier_call set behaviour = $2 where sid = $1', [sid, call]);
  const rings = await step(sim, row, 'initiated', { status: 'ringing', callStatus: 'initiated' });
  await pause(delayMs, undefined, { signal });
  if (call === 'failed') return void (await step(sim, rings, 'completed', { status: 'failed' }));
  await step(sim, rings, 'ringing', { status: 'ringing' });
  await pause(delayMs, undefined, { signal });
  if (call === 'no-answer' || call === 'busy') {
    return void (await step(sim, rings, 'completed', { status: call }));
  }
  const answered = await step(sim, rings, 'answered', { status: 'in-progress' });
  const talk = await converse({
    start: row.answer_url === null ? { twiml: row.answer_twiml ?? '' } : { url: row.answer_url },
    behaviour: call,
    fetchTwiml: async (url, extra) => {
      await pause(delayMs, undefined, { signal });
      return fetchTwiml(sim, answered, url, extra, signal);
    },
  });
  await keepTalk(sim, sid, talk);
  await step(sim, answered, 'completed', { status: 'completed' });
}

async function fetchTwiml(
  sim: SimContext,
  row: CallRow,
  url: string,
  extra: Record<string, string>,
  signal: AbortSignal,
): Promise<{ ok: true; document: string } | { ok: false }> {
  const form = new URLSearchParams({ ...callParameters(sim, row, 'in-progress'), ...extra });
  const signature = twilioSignature(sim.secrets.twilioAuthToken, url, form);
  const outcome = await postWebhook({
    url,
    headers: { 'content-type': formContentType, 'x-twilio-signature': signature },
    body: form.toString(),
    signal,
  });
  return outcome.ok ? { ok: true, document: outcome.text } : { ok: false };
}

async function keepTalk(sim: SimContext, sid: string, talk: Conversation): Promise<void> {
  await sim.books.rows('update carrier_call set heard = $2, pressed = $3, error_code = $4 where sid = $1', [
    sid,
    JSON.stringify(talk.heard),
    talk.pressed,
    talk.errorCode ?? null,
  ]);
}

/** Moves a call on and tells whoever asked for this event. */
async function step(
  sim: SimContext,
  row: CallRow,
  event: CallEvent,
  to: { status: CallRow['status']; callStatus?: string },
): Promise<CallRow> {
  const ended = event === 'completed';
  const [moved] = await sim.books.rows<CallRow>(
    `update carrier_call set status = $2, updated_at = $3, started_at = coalesce(started_at, $3),
            ended_at = case when $4 then $3::timestamptz end
      where sid = $1 returning *`,
    [row.sid, to.status, sim.clock.nowIso(), ended],
  );
  if (!moved) throw new Error(`call ${row.sid} is gone`);
  if (row.status_callback !== null && row.callback_events.includes(event)) {
    const form = new URLSearchParams({
      ...callParameters(sim, row, to.callStatus ?? to.status),
      Timestamp: new Date(sim.clock.nowMs()).toUTCString(),
      CallbackSource: 'call-progress-events',
      ...(ended ? { CallDuration: String(durationSeconds(moved)) } : {}),
    });
    await sim.webhooks.send({
      system: 'carrier',
      url: row.status_callback,
      contentType: formContentType,
      body: form.toString(),
      subject: { phone: row.to_phone },
    });
  }
  return moved;
}

/** Length of a call that was answered, 0 for every other. */
export function durationSeconds(row: CallRow): number {
  if (row.status !== 'completed' || row.started_at === null || row.ended_at === null) return 0;
  return Math.max(1, Math.round((Date.parse(row.ended_at) - Date.parse(row.started_at)) / 1_000));
}

function callParameters(sim: SimContext, row: CallRow, callStatus: string): Record<string, string> {
  return {
    AccountSid: sim.secrets.twilioAccountSid,
    ApiVersion: '2010-04-01',
    CallSid: row.sid,
    CallStatus: callStatus,
    Direction: 'outbound-api',
    From: row.from_phone,
    To: row.to_phone,
  };
}
