import { z } from 'zod';
import { listTasks } from '../../db/reads/list-tasks.ts';
import { STAFF } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { route } from '../http/route.ts';
import { pageOf, paging } from '../schemas.ts';

const listRoute = route({
  method: 'get',
  path: '/tasks',
  operationId: 'listTasks',
  summary: { zh: '待办', en: 'Open work of your roles, the most urgent first' },
  tag: 'tasks',
  roles: STAFF,
  query: paging.extend({
    mine: z.stringbool().optional(),
    caseId: z.string().max(300).optional(),
  }),
  answer: pageOf(
    z.object({
      taskId: z.string(),
      kind: z.string(),
      role: z.string(),
      assignee: z.string().nullable(),
      ref: z.string(),
      caseId: z.string().nullable(),
      accountNo: z.string(),
      notBefore: z.string(),
      dueAt: z.string(),
    }),
  ),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const rows = await listTasks(tx, {
        roles: context.caller.roles,
        assignee: query.mine === true ? context.caller.personId : undefined,
        caseId: query.caseId,
        after: readCursor(query.cursor, 2),
        limit: query.limit + 1,
      });
      return page(rows, query.limit, (row) => [row.dueAt, row.taskId]);
    }),
});

export const taskRoutes = [listRoute];
