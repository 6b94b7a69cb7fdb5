import { z } from 'zod';
import { listAlarms } from '../../db/reads/list-alarms.ts';
import { LEADERS, type Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { route } from '../http/route.ts';
import { pageOf, paging } from '../schemas.ts';
import { alarmItem } from '../shapes/operations.ts';

/** Who looks after the service itself, and who answers for what it does. */
export const OPERATIONS: readonly Role[] = ['operator', 'auditor', ...LEADERS];

const listRoute = route({
  method: 'get',
  path: '/alarms',
  operationId: 'listAlarms',
  summary: { zh: '运行告警', en: 'What is late or stuck, newest first' },
  tag: 'operations',
  roles: OPERATIONS,
  query: paging.extend({
    state: z.enum(['standing', 'cleared']).default('standing'),
    kind: z.string().max(60).optional(),
  }),
  answer: pageOf(alarmItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const before = readCursor(query.cursor, 2);
      const standing = query.state === 'standing';
      const rows = await listAlarms(tx, { standing, kind: query.kind, before, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.raisedAt, row.alarmId]);
    }),
});

export const alarmRoutes = [listRoute];
