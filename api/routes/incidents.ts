import { z } from 'zod';
import { findIncident, listIncidents, type IncidentItem } from '../../db/reads/list-incidents.ts';
import { updateIncident } from '../../intake/incidents/update-incident.ts';
import { LEADERS, type Lang } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { say } from '../http/say.ts';
import { fen, given, id, pageOf, paging, reason, words } from '../schemas.ts';

const tag = 'incidents';
const incidentParams = z.object({ incidentId: id });

const item = z
  .object({
    incidentId: z.string(),
    stopId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    kind: z.string(),
    reasons: z.array(reason),
    occurredAt: z.string(),
    stopInForce: z.boolean(),
    apologyAt: z.string().nullable(),
    compensationFen: z.int().nullable(),
    cause: z.string().nullable(),
    closedAt: z.string().nullable(),
  })
  .meta({ id: 'Incident' });

const shown = (row: IncidentItem, lang: Lang) => ({ ...row, reasons: say(row.reasons, lang) });

const listRoute = route({
  method: 'get',
  path: '/incidents',
  operationId: 'listIncidents',
  summary: { zh: '错停与时差停电事件', en: 'Wrongful stops and races, newest first' },
  tag,
  roles: [...LEADERS, 'auditor'],
  query: paging.extend({ state: z.enum(['open', 'closed']).default('open') }),
  answer: pageOf(item),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const before = readCursor(query.cursor, 2);
      const open = query.state === 'open';
      const rows = await listIncidents(tx, { open, before, limit: query.limit + 1 });
      const { items, next } = page(rows, query.limit, (row) => [row.occurredAt, row.incidentId]);
      return { items: items.map((row) => shown(row, context.lang)), next };
    }),
});

const getRoute = route({
  method: 'get',
  path: '/incidents/:incidentId',
  operationId: 'getIncident',
  summary: { zh: '事件', en: 'One incident' },
  tag,
  roles: [...LEADERS, 'auditor'],
  params: incidentParams,
  answer: item,
  handle: (context, { params }) =>
    context.read(async (tx) =>
      shown(found(await findIncident(tx, params.incidentId), 'incident'), context.lang),
    ),
});

const updateRoute = route({
  method: 'post',
  path: '/incidents/:incidentId',
  operationId: 'updateIncident',
  summary: { zh: '登记致歉、赔偿、原因，结案', en: 'Record apology, compensation and cause, and close' },
  tag,
  roles: ['station-head', 'marketing-manager', 'company-head', 'company-president'],
  params: incidentParams,
  body: z
    .object({
      apologised: z.literal(true).optional(),
      compensationFen: fen.optional(),
      cause: words.optional(),
      close: z.literal(true).optional(),
    })
    .refine((body) => Object.values(body).some((part) => part !== undefined), {
      message: 'at least one part is needed',
    }),
  answer: item,
  handle: async (context, { params, body }) => {
    await updateIncident(context.intake, {
      ...given(body),
      incidentId: params.incidentId,
      by: context.caller.personId,
    });
    return context.read(async (tx) =>
      shown(found(await findIncident(tx, params.incidentId), 'incident'), context.lang),
    );
  },
});

export const incidentRoutes = [listRoute, getRoute, updateRoute];
