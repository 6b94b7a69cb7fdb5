import { z } from 'zod';
import { findIncident, listIncidents, type IncidentItem } from '../../db/reads/list-incidents.ts';
import { updateIncident } from '../../intake/incidents/update-incident.ts';
import { whatIsOwed } from '../../intake/incidents/what-is-owed.ts';
import { LEADERS, type Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { say } from '../http/say.ts';
import { fen, given, id, pageOf, paging, words } from '../schemas.ts';
import { incidentItem } from '../shapes/incident.ts';

const tag = 'incidents';
const incidentParams = z.object({ incidentId: id });

const UPDATERS: readonly Role[] = ['station-head', 'marketing-manager', 'company-head', 'company-president'];

function shown(row: IncidentItem, { deps, caller, lang }: Context) {
  const { nameEnc, ...incident } = row;
  return {
    ...incident,
    customerName: deps.vault.open(nameEnc),
    reasons: say(row.reasons, lang),
    owed: whatIsOwed(row),
    mayUpdate: row.closedAt === null && UPDATERS.some((role) => caller.roles.includes(role)),
  };
}

const listRoute = route({
  method: 'get',
  path: '/incidents',
  operationId: 'listIncidents',
  summary: { zh: '错停与时差停电事件', en: 'Wrongful stops and races, newest first' },
  tag,
  roles: [...LEADERS, 'auditor'],
  query: paging.extend({ state: z.enum(['open', 'closed']).default('open') }),
  answer: pageOf(incidentItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const before = readCursor(query.cursor, 2);
      const open = query.state === 'open';
      const rows = await listIncidents(tx, { open, before, limit: query.limit + 1 });
      const { items, next } = page(rows, query.limit, (row) => [row.occurredAt, row.incidentId]);
      return { items: items.map((row) => shown(row, context)), next };
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
  answer: incidentItem,
  handle: (context, { params }) =>
    context.read(async (tx) => shown(found(await findIncident(tx, params.incidentId), 'incident'), context)),
});

const updateRoute = route({
  method: 'post',
  path: '/incidents/:incidentId',
  operationId: 'updateIncident',
  summary: { zh: '登记致歉、赔偿、原因，结案', en: 'Record apology, compensation and cause, and close' },
  tag,
  roles: UPDATERS,
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
  answer: incidentItem,
  handle: async (context, { params, body }) => {
    await updateIncident(context.intake, {
      ...given(body),
      incidentId: params.incidentId,
      by: context.caller.personId,
    });
    return context.read(async (tx) =>
      shown(found(await findIncident(tx, params.incidentId), 'incident'), context),
    );
  },
});

export const incidentRoutes = [listRoute, getRoute, updateRoute];
