import { z } from 'zod';
import { listCrewRound } from '../../db/reads/crew-round.ts';
import { listReaderRound } from '../../db/reads/reader-round.ts';
import { page, readCursor } from '../http/paging.ts';
import { route } from '../http/route.ts';
import { crewTicketOf, roundItemOf } from '../rounds.ts';
import { pageOf, paging } from '../schemas.ts';
import { crewTicket, roundItem } from '../shapes/round.ts';

const tag = 'rounds';

const readerRoute = route({
  method: 'get',
  path: '/rounds/reader',
  operationId: 'getReaderRound',
  summary: {
    zh: '今日送达路线',
    en: 'What a reader does outside today, with all that a device needs while it has no network',
  },
  tag,
  roles: ['reader', 'centre', 'team-leader'],
  query: paging.extend({
    everybody: z
      .stringbool()
      .optional()
      .meta({ description: 'also what is assigned to colleagues; else only your own' }),
  }),
  answer: pageOf(roundItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const rows = await listReaderRound(tx, {
        readerId: query.everybody === true ? undefined : context.caller.personId,
        after: readCursor(query.cursor, 2),
        limit: query.limit + 1,
      });
      const { items, next } = page(rows, query.limit, (row) => [row.dueAt, row.taskId]);
      return { items: items.map((row) => roundItemOf(row, context.deps.vault, context.lang)), next };
    }),
});

const crewRoute = route({
  method: 'get',
  path: '/rounds/crew',
  operationId: 'getCrewRound',
  summary: {
    zh: '今日工作票',
    en: 'The tickets of a crew’s day with its live permits and its stand-downs, for a device in the field',
  },
  tag,
  roles: ['crew'],
  query: paging,
  answer: pageOf(crewTicket),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const rows = await listCrewRound(tx, {
        crewId: context.caller.personId,
        after: readCursor(query.cursor, 3),
        limit: query.limit + 1,
      });
      const { items, next } = page(rows, query.limit, (row) => [
        String(row.rank),
        row.plannedTo,
        row.ticketId,
      ]);
      return { items: items.map((row) => crewTicketOf(row, context.deps.vault, context.lang)), next };
    }),
});

export const roundRoutes = [readerRoute, crewRoute];
