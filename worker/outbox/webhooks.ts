import { createHmac } from 'node:crypto';
import { companyScope } from '../../activities/deps.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import type { Claimed, DeliverDeps, Delivery } from './deliver.ts';

/** About a day of tries, a minute apart; an address that is away longer reads what it missed from the API. */
const GIVE_UP_AFTER_TRIES = 1_440;

type WebhookEntry = Extract<Claimed, { kind: 'webhook' }>;

interface Subscription {
  subscriptionId: string;
  url: string;
  secretEnc: Buffer;
}

/** Each subscriber gets an entry of its own, so that one that is away holds up nobody and nobody hears twice. */
function spread(deps: DeliverDeps, entry: WebhookEntry): Promise<void> {
  const { payload } = entry;
  return deps.db.tx(companyScope(entry), async (tx) => {
    const subscriptions = await tx.rows<{ subscriptionId: string }>(
      `select subscription_id as "subscriptionId" from webhook_subscriptions
        where ended_at is null and ($1 = any (events) or '*' = any (events))`,
      [payload.event],
    );
    for (const { subscriptionId: to } of subscriptions)
      await putOutbox(tx, entry.companyId, {
        kind: 'webhook',
        key: `${entry.key}@${to}`,
        payload: { ...payload, to },
      });
  });
}

async function post(deps: DeliverDeps, to: Subscription, key: string, body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', deps.vault.open(to.secretEnc))
    .update(`${timestamp}.${body}`)
    .digest('hex');
  const { status } = await deps.systems.events.post({
    url: to.url,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'x-fudian-timestamp': timestamp,
      'x-fudian-signature': `v1=${signature}`,
    },
    body,
  });
  if (status < 200 || status > 299) throw new Error(`webhook ${to.subscriptionId} answered ${status}`);
}

/**
 * Spreads an event over its subscribers, then posts it, signed, to one of them until it is taken, for about a day; the receiver
 * knows a repeat by its idempotency key. @throws Error when the address does not take it
 */
export async function postWebhooks(deps: DeliverDeps, entry: WebhookEntry): Promise<Delivery> {
  const { to, ...told } = entry.payload;
  if (to === undefined) {
    await spread(deps, entry);
    return 'done';
  }
  const subscription = await deps.db.tx(companyScope(entry), (tx) =>
    tx.row<Subscription>(
      `select subscription_id as "subscriptionId", url, secret_enc as "secretEnc" from webhook_subscriptions
        where subscription_id = $1 and ended_at is null`,
      [to],
    ),
  );
  if (subscription === undefined || entry.attempts > GIVE_UP_AFTER_TRIES) return 'done';
  const body = JSON.stringify({ id: entry.key, ...told });
  await post(deps, subscription, entry.key, body);
  return 'done';
}
