import { createHmac } from 'node:crypto';
import { companyScope } from '../../activities/deps.ts';
import type { Claimed, DeliverDeps, Delivery } from './deliver.ts';

const TIMEOUT_MS = 10_000;

interface Subscription {
  subscription_id: string;
  url: string;
  secret_enc: Buffer;
}

async function post(deps: DeliverDeps, to: Subscription, key: string, body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', deps.vault.open(to.secret_enc))
    .update(`${timestamp}.${body}`)
    .digest('hex');
  const response = await fetch(to.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'x-fudian-timestamp': timestamp,
      'x-fudian-signature': `v1=${signature}`,
    },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`webhook ${to.subscription_id} answered ${response.status}`);
}

/** Posts one event, signed, to everyone who subscribed to it; the receiver knows a repeat by its idempotency key. */
export async function postWebhooks(
  deps: DeliverDeps,
  entry: Extract<Claimed, { kind: 'webhook' }>,
): Promise<Delivery> {
  const subscriptions = await deps.db.tx(companyScope(entry), (tx) =>
    tx.rows<Subscription>(
      `select subscription_id, url, secret_enc from webhook_subscriptions
        where ended_at is null and ($1 = any (events) or '*' = any (events))`,
      [entry.payload.event],
    ),
  );
  const body = JSON.stringify({ id: entry.key, ...entry.payload });
  for (const subscription of subscriptions) await post(deps, subscription, entry.key, body);
  return 'done';
}
