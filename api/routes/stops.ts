import { z } from 'zod';
import { findOpenDispute } from '../../db/reads/list-holds.ts';
import { findStop, listStops, type StopItem } from '../../db/reads/list-stops.ts';
import { endHold } from '../../intake/holds/end-hold.ts';
import { reportDanger } from '../../intake/holds/report-danger.ts';
import { setHold } from '../../intake/holds/set-hold.ts';
import { declareWrongful } from '../../intake/restorations/declare-wrongful.ts';
import { DESK, LEADERS } from '../http/caller.ts';
import { commandId } from '../http/command-id.ts';
import { page, readCursor } from '../http/paging.ts';
import { found, Problem } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { stopItem } from '../shapes/stop.ts';
import { given, id, instant, pageOf, paging, words } from '../schemas.ts';

const tag = 'stops';

const listRoute = route({
  method: 'get',
  path: '/stops',
  operationId: 'listStops',
  summary: { zh: '停电户', en: 'Stops in force, oldest first, or those that are over' },
  tag,
  roles: [...DESK, 'operator'],
  query: paging.extend({ state: z.enum(['in-force', 'over']).default('in-force') }),
  answer: pageOf(stopItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 2);
      const inForce = query.state === 'in-force';
      const rows = await listStops(tx, { inForce, after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.occurredAt, row.stopId]);
    }),
});

const getRoute = route({
  method: 'get',
  path: '/stops/:stopId',
  operationId: 'getStop',
  summary: { zh: '一次停电', en: 'One stop' },
  tag,
  roles: [...DESK, 'operator'],
  params: z.object({ stopId: id }),
  answer: stopItem,
  handle: (context, { params }) =>
    context.read(async (tx) => found(await findStop(tx, params.stopId), 'stop')),
});

const cause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), until: instant, reason: words }),
  z.object({ kind: z.literal('guarantee'), reason: words }),
  z.object({ kind: z.literal('authority-order'), until: instant.optional(), reason: words }),
  z.object({ kind: z.literal('moved-out'), reason: words }),
  z.object({ kind: z.literal('danger'), reason: words }),
  z.object({ kind: z.literal('dispute-upheld'), reason: words }),
  z.object({ kind: z.literal('wrongful-stop'), reason: words }),
]);

/** What is found against ourselves is found by somebody who answers for it. */
const LEADER_FINDS = new Set(['dispute-upheld', 'wrongful-stop']);

/** Stores the fact that brings supply back; each in the book where it belongs. */
async function assertCause(context: Context, stop: StopItem, body: z.output<typeof cause>): Promise<void> {
  const { intake, caller } = context;
  const { accountNo, stopId } = stop;
  const by = caller.personId;
  switch (body.kind) {
    case 'danger':
      await reportDanger(intake, { accountNo, reason: body.reason, by, factId: commandId(context) });
      return;
    case 'wrongful-stop':
      return declareWrongful(intake, { stopId, reason: body.reason, by });
    case 'dispute-upheld': {
      const dispute = await context.read((tx) => findOpenDispute(tx, accountNo));
      if (dispute === undefined)
        throw new Problem(409, 'refused-by-facts', { reasons: [{ code: 'no-open-dispute', clause: 'L5' }] });
      return endHold(intake, { holdId: dispute.holdId, ending: 'dispute-upheld', reason: body.reason, by });
    }
    case 'plan':
    case 'guarantee':
    case 'authority-order':
    case 'moved-out':
      await setHold(intake, { ...given(body), accountNo, by, factId: commandId(context) });
  }
}

const triggerRoute = route({
  method: 'post',
  path: '/stops/:stopId/restoration-triggers',
  operationId: 'assertRestorationCause',
  summary: {
    zh: '登记复电事由（缴费以核对为准，不在此登记）',
    en: 'Record why supply has to come back (T3.1); a payment is checked in billing, never asserted here',
  },
  tag,
  roles: ['clerk-95598', 'centre', 'team-leader', 'station-head', 'marketing-manager', 'company-head'],
  params: z.object({ stopId: id }),
  body: cause,
  answer: stopItem,
  status: 201,
  handle: async (context, { params, body }) => {
    if (LEADER_FINDS.has(body.kind) && !LEADERS.some((role) => context.caller.roles.includes(role)))
      throw new Problem(403, 'role-not-permitted', { params: { roles: LEADERS.join(', ') } });
    const read = () => context.read(async (tx) => found(await findStop(tx, params.stopId), 'stop'));
    const stop = await read();
    if (!stop.inForce)
      throw new Problem(409, 'refused-by-facts', { reasons: [{ code: 'not-stopped', clause: 'L3' }] });
    await assertCause(context, stop, body);
    return read();
  },
});

export const stopRoutes = [listRoute, getRoute, triggerRoute];
