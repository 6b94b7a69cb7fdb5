import { randomUUID } from 'node:crypto';
import { keepDeskRecord } from '../desk/keep-desk-record.ts';
import type { EventsPort } from '../../systems/events/port.ts';
import { IntakeRefused, type Intake } from '../deps.ts';

/** Somebody outside who wants to hear of events. */
export interface NewSubscription {
  url: string;
  /** Signs every event; known to the receiver, sealed here, never told again. */
  secret: string;
  /** Names of acts as the audit has them, or `*`. */
  events: readonly string[];
  by: string;
  /** The same fact told twice is one subscription; drawn where it is left out. */
  factId?: string;
}

/**
 * Subscribes an address to events from now on; events name accounts and debts, so `events` says where they may go.
 * @throws IntakeRefused `not-a-webhook-address` (422)
 */
export async function subscribe(
  intake: Intake,
  events: EventsPort,
  fact: NewSubscription,
): Promise<{ subscriptionId: string }> {
  if (!(await events.mayName(fact.url))) throw new IntakeRefused('not-a-webhook-address', 422);
  const url = new URL(fact.url).href;
  const { companyId } = intake.scope;
  return intake.db.tx(intake.scope, async (tx) => {
    const subscriptionId = `subscription/${fact.factId ?? randomUUID()}`;
    const names = [...new Set(fact.events)];
    const stored = await tx.run(
      `insert into webhook_subscriptions (subscription_id, company_id, url, secret_enc, events) values ($1, $2, $3, $4, $5)
       on conflict (subscription_id) do nothing`,
      [subscriptionId, companyId, url, intake.vault.seal(fact.secret), names],
    );
    if (stored === 0) return { subscriptionId };
    await keepDeskRecord(tx, companyId, {
      action: 'webhook.subscribed',
      by: fact.by,
      body: { subscriptionId, url, events: names },
    });
    return { subscriptionId };
  });
}

/** Nothing more is sent there, what waits included. Told twice it changes nothing. @throws IntakeRefused `unknown-subscription` (404) */
export function unsubscribe(intake: Intake, fact: { subscriptionId: string; by: string }): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row('select 1 from webhook_subscriptions where subscription_id = $1', [
      fact.subscriptionId,
    ]);
    if (of === undefined) throw new IntakeRefused('unknown-subscription', 404, { what: 'subscription' });
    const ended = await tx.run(
      'update webhook_subscriptions set ended_at = clock_timestamp() where subscription_id = $1 and ended_at is null',
      [fact.subscriptionId],
    );
    if (ended === 0) return;
    await keepDeskRecord(tx, intake.scope.companyId, {
      action: 'webhook.unsubscribed',
      by: fact.by,
      body: { subscriptionId: fact.subscriptionId },
    });
  });
}
