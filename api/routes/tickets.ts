import { z } from 'zod';
import { caseNowMs } from '../../db/case-clock.ts';
import { listTickets, readTicket } from '../../db/reads/tickets.ts';
import { acknowledgeStandDown } from '../../intake/crew/acknowledge-stand-down.ts';
import { identifyMeter } from '../../intake/crew/identify-meter.ts';
import { recordExecution } from '../../intake/crew/record-execution.ts';
import { recordNotDone } from '../../intake/crew/record-not-done.ts';
import { tellInPerson } from '../../intake/crew/tell-in-person.ts';
import { DESK } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found, Problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { procedure } from '../procedure.ts';
import { proofsAreStored } from '../proofs.ts';
import { ACCEPTED, accepted, given, id, instant, pageOf, paging, sha256, words } from '../schemas.ts';

const tag = 'tickets';
const ticketParams = z.object({ ticketId: id });
const proofs = z.array(sha256).max(20).default([]);

const item = z
  .object({
    ticketId: z.string(),
    kind: z.enum(['stop', 'restore']),
    status: z.string(),
    accountNo: z.string(),
    caseId: z.string().nullable(),
    stopId: z.string().nullable(),
    meterNo: z.string(),
    plannedFrom: z.string(),
    plannedTo: z.string(),
    recallReason: z.string().nullable(),
  })
  .meta({ id: 'Ticket' });

const listRoute = route({
  method: 'get',
  path: '/tickets',
  operationId: 'listTickets',
  summary: { zh: '工作票列表', en: 'Open work tickets' },
  tag,
  roles: [...DESK, 'crew'],
  query: paging.extend({ kind: z.enum(['stop', 'restore']).optional() }),
  answer: pageOf(item),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 2);
      const rows = await listTickets(tx, { kind: query.kind, after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.plannedTo, row.ticketId]);
    }),
});

const getRoute = route({
  method: 'get',
  path: '/tickets/:ticketId',
  operationId: 'getTicket',
  summary: { zh: '工作票', en: 'A work ticket with its form' },
  tag,
  roles: [...DESK, 'crew'],
  params: ticketParams,
  answer: item.extend({ form: z.record(z.string(), z.string()) }),
  handle: (context, { params }) =>
    context.read(async (tx) => found(await readTicket(tx, context.deps.vault, params.ticketId), 'ticket')),
});

const permitRoute = route({
  method: 'post',
  path: '/tickets/:ticketId/permits',
  operationId: 'requestPermit',
  summary: { zh: '现场申请停电许可', en: 'Ask on site for the permit to stop' },
  tag,
  roles: ['crew'],
  params: ticketParams,
  body: z.object({ readMeterNo: z.string().min(1).max(60), inDoubt: z.boolean().default(false) }),
  answer: z.object({
    permitId: z.string(),
    expiresAt: z.string(),
    nowAt: z.string().meta({ description: 'case time now, in which the permit expires' }),
  }),
  status: 201,
  handle: async (context, { params, body }) => {
    const { deps, caller } = context;
    const ticket = await context.read(async (tx) =>
      found(await readTicket(tx, deps.vault, params.ticketId), 'ticket'),
    );
    const answer = await procedure(deps.temporal).requestPermit(ticket.accountId, {
      ticketId: params.ticketId,
      crewId: caller.personId,
      ...body,
    });
    if (answer.outcome === 'permitted' && answer.permitId !== undefined && answer.expiresAt !== undefined)
      return {
        permitId: answer.permitId,
        expiresAt: answer.expiresAt,
        nowAt: await context.read(async (tx) =>
          new Date(await caseNowMs(tx, ticket.accountId)).toISOString(),
        ),
      };
    throw new Problem(409, answer.outcome === 'undetermined' ? 'undetermined' : 'not-permitted', {
      reasons: answer.reasons,
    });
  },
});

const executeRoute = route({
  method: 'post',
  path: '/tickets/:ticketId/executions',
  operationId: 'recordExecution',
  summary: { zh: '登记停电执行', en: 'Record the executed stop with proof' },
  tag,
  roles: ['crew'],
  params: ticketParams,
  body: z.object({
    permitId: id.nullable(),
    meterNo: z.string().min(1).max(60),
    readingKwh: z.number().nonnegative().nullable().default(null),
    proofs: proofs.refine((list) => list.length > 0, { message: 'a photo of the meter is needed' }),
    occurredAt: instant.optional(),
  }),
  answer: z.object({ stopId: z.string(), classification: z.enum(['lawful', 'wrongful', 'race']) }),
  status: 201,
  handle: (context, { params, body }) => {
    const { occurredAt, ...fact } = body;
    return recordExecution(context.intake, {
      ...fact,
      ticketId: params.ticketId,
      crewId: context.caller.personId,
      method: 'crew',
      ...(occurredAt === undefined ? {} : { occurredAt }),
    });
  },
});

const notDoneRoute = route({
  method: 'post',
  path: '/tickets/:ticketId/not-done',
  operationId: 'recordNotDone',
  summary: { zh: '登记未能停电', en: 'Record that the stop was not carried out' },
  tag,
  roles: ['crew'],
  params: ticketParams,
  body: z.object({ reason: words, occurredAt: instant.optional() }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    await recordNotDone(context.intake, {
      ...given(body),
      ticketId: params.ticketId,
      crewId: context.caller.personId,
    });
    return ACCEPTED;
  },
});

const standDownRoute = route({
  method: 'post',
  path: '/tickets/:ticketId/stand-down-acknowledgement',
  operationId: 'acknowledgeStandDown',
  summary: { zh: '确认撤回', en: 'Acknowledge the stand-down' },
  tag,
  roles: ['crew'],
  params: ticketParams,
  body: z.object({ occurredAt: instant.optional() }).optional(),
  answer: accepted,
  handle: async (context, { params, body }) => {
    await acknowledgeStandDown(context.intake, {
      ...given(body ?? {}),
      ticketId: params.ticketId,
      crewId: context.caller.personId,
    });
    return ACCEPTED;
  },
});

const identifyRoute = route({
  method: 'post',
  path: '/tickets/:ticketId/meter-identification',
  operationId: 'identifyMeter',
  summary: { zh: '抄表员现场辨认电表', en: 'The reader identifies the meter on site' },
  tag,
  roles: ['reader'],
  params: ticketParams,
  body: z.object({ meterNo: z.string().min(1).max(60), proofs, occurredAt: instant.optional() }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    await proofsAreStored(context, body.proofs);
    await identifyMeter(context.intake, {
      ...given(body),
      ticketId: params.ticketId,
      readerId: context.caller.personId,
    });
    return ACCEPTED;
  },
});

const toldRoute = route({
  method: 'post',
  path: '/tickets/:ticketId/told-in-person',
  operationId: 'tellInPerson',
  summary: { zh: '停电前当面告知', en: 'The customer was told in person before the stop' },
  tag,
  roles: ['reader', 'crew'],
  params: ticketParams,
  body: z.object({ proofs, occurredAt: instant.optional() }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    await proofsAreStored(context, body.proofs);
    const { occurredAt, ...fact } = body;
    await tellInPerson(context.intake, {
      ...fact,
      ticketId: params.ticketId,
      by: context.caller.personId,
      ...(occurredAt === undefined ? {} : { occurredAt }),
    });
    return ACCEPTED;
  },
});

export const ticketRoutes = [
  listRoute,
  getRoute,
  permitRoute,
  executeRoute,
  notDoneRoute,
  standDownRoute,
  identifyRoute,
  toldRoute,
];
