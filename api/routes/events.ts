import { z } from 'zod';
import { ROLES } from '../http/caller.ts';
import { sse } from '../live/write-stream.ts';
import { route } from '../http/route.ts';

const stream = z.string().meta({
  description:
    'server-sent events: `change` {topic, caseId, accountNo}, `ready` when all is caught up, `reset` when too much was missed; each id is a cursor',
});

const eventsRoute = route({
  method: 'get',
  path: '/events',
  operationId: 'followEvents',
  summary: {
    zh: '变化推送（断线后以 Last-Event-ID 补发）',
    en: 'What changes in your centres, as it happens. With `Accept: text/event-stream` it stays open; else it answers what there is',
  },
  tag: 'events',
  roles: ROLES.filter((role) => role !== 'customer'),
  query: z.object({
    after: z
      .string()
      .max(60)
      .optional()
      .meta({ description: 'cursor to go on from; the header Last-Event-ID says the same' }),
  }),
  answer: stream,
  answerType: 'text/event-stream',
  handle: async ({ live, scope, lastEventId }, { query }) =>
    (await live.since(scope, lastEventId ?? query.after)).map(sse).join(''),
  follow: ({ live, scope, caller, lastEventId }, { query }, signal) =>
    live.follow({ scope, personId: caller.personId, after: lastEventId ?? query.after, signal }),
});

export const eventRoutes = [eventsRoute];
