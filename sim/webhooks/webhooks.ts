import type { Agenda, AgendaResult } from '../agenda/agenda.ts';
import type { Statements } from '../books/books.ts';
import type { FaultSubject } from '../faults/fault.ts';
import { webhookFaults } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import { postWebhook } from './post.ts';

export type WebhookSystem = 'billing' | 'carrier' | 'wechat';

/** One message to somebody else's address. */
export interface Webhook {
  system: WebhookSystem;
  url: string;
  contentType: string;
  body: string;
  subject: FaultSubject;
}

/** How a system signs its webhooks and how long it goes on trying. */
export interface WebhookSender {
  headers(url: string, body: string): Record<string, string>;
  /** Pauses before the second, third … try; after the last it is given up. */
  retryDelaysMs: readonly number[];
  /** Whether an answer other than 2xx is tried again; a failed connection always is. */
  retriesRefusals: boolean;
}

export interface Webhooks {
  /** Keeps the webhook and sends it; resolves after the first try, at once when it is lost or late by a fault. */
  send(webhook: Webhook): Promise<void>;
  /** Every webhook and how it stands, oldest first. */
  list(): Promise<SentWebhook[]>;
}

/** A webhook and how it stands. */
export interface SentWebhook {
  system: WebhookSystem;
  url: string;
  body: string;
  state: 'pending' | 'delivered' | 'lost' | 'given-up';
  posts: number;
  /** Status and beginning of the last answer, or why there was none. */
  lastAnswer: string | null;
}

interface Job {
  webhookId: number;
  copies: number;
}

const agendaKind = 'webhook';
const lateMs = 1_000;

/** Makes the post room of billing and carrier. */
export function createWebhooks(parts: {
  books: Statements;
  agenda: Agenda;
  faults: Faults;
  senders: Record<WebhookSystem, WebhookSender>;
}): Webhooks {
  const { books, agenda, faults, senders } = parts;
  agenda.handle(agendaKind, (payload, run) =>
    deliver({ books, senders, job: payload as Job, tries: run.tries, signal: run.signal }),
  );
  return {
    send: async (webhook) => {
      const path = new URL(webhook.url).pathname;
      const fault = await faults.take(webhook.system, webhookFaults, { ...webhook.subject, path });
      const lost = fault?.fault === 'lost-webhook';
      const [row] = await books.rows<{ id: number }>(
        'insert into webhook (system, url, content_type, body, state) values ($1, $2, $3, $4, $5) returning id',
        [webhook.system, webhook.url, webhook.contentType, webhook.body, lost ? 'lost' : 'pending'],
      );
      if (!row) throw new Error('the webhook was not kept');
      if (lost) return;
      const late = fault?.fault === 'late-webhook';
      const job: Job = { webhookId: row.id, copies: fault?.fault === 'duplicate-webhook' ? 2 : 1 };
      const { firstRun } = await agenda.put(agendaKind, job, late ? (fault.delayMs ?? lateMs) : 0);
      if (!late) await firstRun;
    },
    list: () =>
      books.rows<SentWebhook>(
        'select system, url, body, state, posts, last_answer as "lastAnswer" from webhook order by id',
      ),
  };
}

async function deliver(parts: {
  books: Statements;
  senders: Record<WebhookSystem, WebhookSender>;
  job: Job;
  tries: number;
  signal: AbortSignal;
}): Promise<AgendaResult> {
  const { books, job, signal } = parts;
  const [webhook] = await books.rows<{
    system: WebhookSystem;
    url: string;
    content_type: string;
    body: string;
  }>('select system, url, content_type, body from webhook where id = $1', [job.webhookId]);
  if (!webhook) return;
  const sender = parts.senders[webhook.system];
  let outcome = { ok: false, answer: '', refused: false, text: '' };
  for (let copy = 0; copy < job.copies; copy += 1) {
    outcome = await postWebhook({
      url: webhook.url,
      headers: {
        ...sender.headers(webhook.url, webhook.body),
        'content-type': webhook.content_type,
      },
      body: webhook.body,
      signal,
    });
  }
  const pauseMs = outcome.refused && !sender.retriesRefusals ? undefined : sender.retryDelaysMs[parts.tries];
  const state = outcome.ok ? 'delivered' : pauseMs === undefined ? 'given-up' : 'pending';
  await books.rows('update webhook set state = $2, posts = posts + $3, last_answer = $4 where id = $1', [
    job.webhookId,
    state,
    job.copies,
    outcome.answer,
  ]);
  return state === 'pending' && pauseMs !== undefined ? { againAfterMs: pauseMs } : undefined;
}
