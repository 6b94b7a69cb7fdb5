import { z } from 'zod';
import { listWebhookSubscriptions } from '../../db/reads/list-webhook-subscriptions.ts';
import { subscribe, unsubscribe } from '../../intake/webhooks/subscribe.ts';
import { commandId } from '../http/command-id.ts';
import { page, readCursor } from '../http/paging.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, id, pageOf, paging } from '../schemas.ts';
import { webhookSubscriptionItem } from '../shapes/operations.ts';

const tag = 'webhooks';

const subscribeRoute = route({
  method: 'post',
  path: '/webhook-subscriptions',
  operationId: 'subscribeWebhook',
  summary: {
    zh: '订阅事件',
    en: 'Be told of events: each is posted with x-fudian-signature = v1=HMAC-SHA256(secret, timestamp.body)',
  },
  tag,
  roles: ['operator'],
  body: z.object({
    url: z.string().max(2_000),
    secret: z.string().min(32).max(200).meta({ description: 'yours; sealed here and never told again' }),
    events: z
      .array(z.string().regex(/^(\*|[a-z-]+\.[a-z-]+)$/))
      .min(1)
      .max(100)
      .meta({ description: '`case.opened`, `permit.granted` …, or `*`', examples: [['*']] }),
  }),
  answer: z.object({ subscriptionId: z.string() }),
  status: 201,
  handle: (context, { body }) =>
    subscribe(context.intake, context.deps.systems.events, {
      ...body,
      by: context.caller.personId,
      factId: commandId(context),
    }),
});

const listRoute = route({
  method: 'get',
  path: '/webhook-subscriptions',
  operationId: 'listWebhookSubscriptions',
  summary: { zh: '事件订阅列表', en: 'Who is told of what, and how much waits for each' },
  tag,
  roles: ['operator', 'auditor'],
  query: paging,
  answer: pageOf(webhookSubscriptionItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 1)?.[0] ?? '';
      const rows = await listWebhookSubscriptions(tx, { after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.subscriptionId]);
    }),
});

const endRoute = route({
  method: 'post',
  path: '/webhook-subscriptions/:subscriptionId/end',
  operationId: 'unsubscribeWebhook',
  summary: { zh: '终止订阅', en: 'Send nothing more there' },
  tag,
  roles: ['operator'],
  params: z.object({ subscriptionId: id }),
  answer: accepted,
  handle: async (context, { params }) => {
    await unsubscribe(context.intake, {
      subscriptionId: params.subscriptionId,
      by: context.caller.personId,
    });
    return ACCEPTED;
  },
});

export const webhookSubscriptionRoutes = [subscribeRoute, listRoute, endRoute];
