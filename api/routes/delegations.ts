import { z } from 'zod';
import { findDelegation, listDelegations } from '../../db/reads/list-delegations.ts';
import { endDelegation, setDelegation } from '../../intake/desk/set-delegation.ts';
import { commandId } from '../http/command-id.ts';
import { LEADERS, type Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found, Problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, id, instant, pageOf, paging } from '../schemas.ts';

const tag = 'delegations';
const SIGNERS = [
  'station-head',
  'marketing-manager',
  'company-head',
  'company-president',
  'government-liaison',
] as const satisfies readonly Role[];
const personId = z.string().trim().min(1).max(100);

const setRoute = route({
  method: 'post',
  path: '/delegations',
  operationId: 'setDelegation',
  summary: { zh: '委托代签', en: 'Let somebody sign in your place for a time (T3.4)' },
  tag,
  roles: SIGNERS,
  body: z.object({
    fromPerson: personId,
    toPerson: personId,
    role: z.enum(SIGNERS),
    validFrom: instant,
    validTo: instant,
  }),
  answer: z.object({ delegationId: z.string(), validFrom: z.string() }),
  status: 201,
  handle: (context, { body }) => {
    const { personId: by, roles } = context.caller;
    return setDelegation(context.intake, { ...body, by, roles, factId: commandId(context) });
  },
});

const listRoute = route({
  method: 'get',
  path: '/delegations',
  operationId: 'listDelegations',
  summary: { zh: '委托列表', en: 'Who signs for whom' },
  tag,
  roles: [...LEADERS, 'auditor', 'operator'],
  query: paging.extend({ state: z.enum(['standing', 'all']).default('standing') }),
  answer: pageOf(
    z.object({
      delegationId: z.string(),
      fromPerson: z.string(),
      toPerson: z.string(),
      role: z.string(),
      validFrom: z.string(),
      validTo: z.string(),
    }),
  ),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 2);
      const standing = query.state === 'standing';
      const rows = await listDelegations(tx, { standing, after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.validTo, row.delegationId]);
    }),
});

const endRoute = route({
  method: 'post',
  path: '/delegations/:delegationId/end',
  operationId: 'endDelegation',
  summary: { zh: '终止委托', en: 'End a delegation now; signatures given under it stand' },
  tag,
  roles: SIGNERS,
  params: z.object({ delegationId: id }),
  answer: accepted,
  handle: async (context, { params: { delegationId } }) => {
    const { personId: by, roles } = context.caller;
    const { fromPerson, toPerson } = await context.read(async (tx) =>
      found(await findDelegation(tx, delegationId), 'delegation'),
    );
    const arranges = roles.includes('company-head') || roles.includes('company-president');
    if (by !== fromPerson && by !== toPerson && !arranges) throw new Problem(403, 'not-yours');
    await endDelegation(context.intake, { delegationId, by });
    return ACCEPTED;
  },
});

export const delegationRoutes = [setRoute, listRoute, endRoute];
