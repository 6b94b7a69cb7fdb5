import type { Tx } from '../database.ts';

export interface SubscriptionItem {
  subscriptionId: string;
  url: string;
  events: string[];
  endedAt: string | null;
  waiting: number;
}

/** Who is told of what, by id; `waiting` = events that this address has not taken yet. */
export function listWebhookSubscriptions(
  tx: Tx,
  query: { after: string; limit: number },
): Promise<SubscriptionItem[]> {
  return tx.rows<SubscriptionItem>(
    `select s.subscription_id as "subscriptionId", s.url, s.events, s.ended_at as "endedAt",
            (select count(*)::int from outbox o
              where o.kind = 'webhook' and o.done_at is null and o.payload ->> 'to' = s.subscription_id) as waiting
       from webhook_subscriptions s where s.subscription_id > $1 order by s.subscription_id limit $2`,
    [query.after, query.limit],
  );
}
