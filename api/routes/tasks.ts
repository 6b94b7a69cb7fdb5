import { z } from 'zod';
import { listTasks } from '../../db/reads/list-tasks.ts';
import { finishTask } from '../../intake/desk/finish-task.ts';
import { actOfTask } from '../act-of-task.ts';
import { STAFF } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, id, pageOf, paging, words } from '../schemas.ts';
import { taskItem } from '../shapes/task.ts';

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
  answer: pageOf(taskItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const rows = await listTasks(tx, {
        roles: context.caller.roles,
        assignee: query.mine === true ? context.caller.personId : undefined,
        caseId: query.caseId,
        after: readCursor(query.cursor, 2),
        limit: query.limit + 1,
      });
      const { vault } = context.deps;
      const { items, next } = page(rows, query.limit, (row) => [row.dueAt, row.taskId]);
      return {
        items: items.map(({ nameEnc, addressEnc, ...task }) => ({
          ...task,
          customerName: vault.open(nameEnc),
          address: vault.open(addressEnc),
          act: actOfTask(task, context.caller),
        })),
        next,
      };
    }),
});

const doneRoute = route({
  method: 'post',
  path: '/tasks/:taskId/done',
  operationId: 'finishTask',
  summary: { zh: '办结人工事项', en: 'Say what came of a task that a person settles by hand' },
  tag: 'tasks',
  roles: STAFF,
  params: z.object({ taskId: id }),
  body: z.object({ outcome: words }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    await finishTask(context.intake, {
      ...{ taskId: params.taskId, outcome: body.outcome },
      ...{ by: context.caller.personId, roles: context.caller.roles },
    });
    return ACCEPTED;
  },
});

export const taskRoutes = [listRoute, doneRoute];
