import { z } from 'zod';
import { listRestorations } from '../../db/reads/list-restorations.ts';
import { confirmSafety } from '../../intake/restorations/confirm-safety.ts';
import { explainMiss } from '../../intake/restorations/explain-miss.ts';
import { recordRestored } from '../../intake/restorations/record-restored.ts';
import { DESK } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { MISS_EXPLAINERS } from '../act-of-task.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, given, id, instant, pageOf, paging, sha256, words } from '../schemas.ts';

const tag = 'restorations';
const stopParams = z.object({ stopId: id });

const item = z
  .object({
    stopId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    status: z.string(),
    causeAt: z.string(),
    promiseAt: z.string(),
    deadlineAt: z.string().meta({ description: '24 hours after the cause' }),
    missed: z.boolean(),
    safetyConfirmedAt: z.string().nullable(),
    restoredAt: z.string().nullable(),
  })
  .meta({ id: 'Restoration' });

const listRoute = route({
  method: 'get',
  path: '/restorations',
  operationId: 'listRestorations',
  summary: { zh: '复电列表', en: 'Restorations by deadline' },
  tag,
  roles: [...DESK, 'crew'],
  query: paging.extend({
    state: z.enum(['open', 'done']).default('open'),
    missed: z.stringbool().optional().meta({ description: 'late ones only, or only those in time' }),
  }),
  answer: pageOf(item),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 2);
      const rows = await listRestorations(tx, {
        open: query.state === 'open',
        ...(query.missed === undefined ? {} : { isMissed: query.missed }),
        after,
        limit: query.limit + 1,
      });
      return page(rows, query.limit, (row) => [row.deadlineAt, row.stopId]);
    }),
});

const proofRoute = route({
  method: 'post',
  path: '/stops/:stopId/restored',
  operationId: 'recordRestored',
  summary: { zh: '登记复电证明', en: 'Record the proof that supply is back' },
  tag,
  roles: ['crew', 'clerk-95598', 'centre', 'team-leader'],
  params: stopParams,
  body: z.object({
    proof: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('voltage'),
        voltagePresent: z.boolean(),
        readingKwh: z.number().nonnegative().optional(),
      }),
      z.object({ kind: z.literal('customer'), saysLightIsOn: z.boolean() }),
      z.object({ kind: z.literal('switch'), relayClosed: z.boolean() }),
    ]),
    proofs: z.array(sha256).max(20).default([]),
    occurredAt: instant.optional(),
  }),
  answer: z.object({ restoredAt: z.string() }),
  status: 201,
  handle: (context, { params, body }) => {
    const { occurredAt, proof, proofs } = body;
    const said =
      proof.kind === 'voltage' && proof.readingKwh === undefined
        ? ({ kind: 'voltage', voltagePresent: proof.voltagePresent } as const)
        : proof;
    return recordRestored(context.intake, {
      stopId: params.stopId,
      by: context.caller.personId,
      proof: said as Parameters<typeof recordRestored>[1]['proof'],
      proofs,
      ...(occurredAt === undefined ? {} : { occurredAt }),
    });
  },
});

const safetyRoute = route({
  method: 'post',
  path: '/stops/:stopId/safety-confirmation',
  operationId: 'confirmSafety',
  summary: { zh: '安全复电确认', en: 'The customer confirms that switching on is safe' },
  tag,
  roles: ['crew', 'clerk-95598', 'reader', 'centre'],
  params: stopParams,
  body: z.object({ occurredAt: instant.optional() }).optional(),
  answer: accepted,
  handle: async (context, { params, body }) => {
    await confirmSafety(context.intake, {
      ...given(body ?? {}),
      stopId: params.stopId,
      by: context.caller.personId,
    });
    return ACCEPTED;
  },
});

const missRoute = route({
  method: 'post',
  path: '/stops/:stopId/miss-explanation',
  operationId: 'explainMiss',
  summary: { zh: '说明复电超时原因', en: 'Explain a late restoration to customer and leader' },
  tag,
  roles: MISS_EXPLAINERS,
  params: stopParams,
  body: z.object({ reason: words, toldCustomer: z.boolean(), toldLeader: z.boolean() }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    await explainMiss(context.intake, { stopId: params.stopId, by: context.caller.personId, ...body });
    return ACCEPTED;
  },
});

export const restorationRoutes = [listRoute, proofRoute, safetyRoute, missRoute];
