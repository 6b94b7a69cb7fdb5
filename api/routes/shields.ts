import { z } from 'zod';
import { findShield, listShields, type ShieldItem } from '../../db/reads/list-shields.ts';
import { liftShield } from '../../intake/shields/lift-shield.ts';
import { setShield } from '../../intake/shields/set-shield.ts';
import { commandId } from '../http/command-id.ts';
import { DESK, type Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { requireRegion, requireWholeCompany } from '../reach.ts';
import { ACCEPTED, accepted, civilDate, given, id, pageOf, paging, words } from '../schemas.ts';
import { shieldItem } from '../shapes/shield.ts';

const tag = 'shields';

const LIFTERS: readonly Role[] = ['station-head', 'marketing-manager', 'company-head', 'government-liaison'];

/** What protects customers of several centres is lifted by those who see all of them. */
const mayLift = (shield: ShieldItem, { caller, scope }: Context): boolean =>
  shield.liftedAt === null &&
  LIFTERS.some((role) => caller.roles.includes(role)) &&
  (shield.accountNo !== null || scope.centreIds === '*');

const setRoute = route({
  method: 'post',
  path: '/shields',
  operationId: 'setShield',
  summary: { zh: '下达保电', en: 'Shield a region, a class or one account from stops or late fees' },
  tag,
  roles: ['team-leader', 'station-head', 'marketing-manager', 'company-head', 'government-liaison'],
  body: z.object({
    region: z.string().trim().min(1).max(100).optional(),
    customerClass: z.enum(['resident', 'non-resident']).optional(),
    accountNo: id.optional(),
    effect: z.enum(['no-stop', 'no-late-fee', 'both']),
    orderNo: z.string().trim().min(1).max(200),
    reason: words,
    from: civilDate,
    to: civilDate.meta({ description: 'included' }),
  }),
  answer: z.object({ shieldId: z.string(), reached: z.int(), recalled: z.int() }),
  status: 201,
  handle: async (context, { body }) => {
    const { accountNo, region } = body;
    if (accountNo === undefined && region === undefined) requireWholeCompany(context);
    if (region !== undefined) await context.read((tx) => requireRegion(tx, region));
    return setShield(context.intake, {
      ...given(body),
      ...{ by: context.caller.personId, factId: commandId(context) },
    });
  },
});

const listRoute = route({
  method: 'get',
  path: '/shields',
  operationId: 'listShields',
  summary: { zh: '保电令列表', en: 'Shields, the latest first' },
  tag,
  roles: [...DESK, 'crew', 'operator'],
  query: paging.extend({ state: z.enum(['standing', 'all']).default('standing') }),
  answer: pageOf(shieldItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const before = readCursor(query.cursor, 2);
      const standing = query.state === 'standing';
      const rows = await listShields(tx, { standing, before, limit: query.limit + 1 });
      const { items, next } = page(rows, query.limit, (row) => [row.from, row.shieldId]);
      return { items: items.map((row) => ({ ...row, mayLift: mayLift(row, context) })), next };
    }),
});

const liftRoute = route({
  method: 'post',
  path: '/shields/:shieldId/lift',
  operationId: 'liftShield',
  summary: { zh: '解除保电', en: 'Lift a shield; cases plan anew' },
  tag,
  roles: LIFTERS,
  params: z.object({ shieldId: id }),
  body: z.object({ orderNo: z.string().trim().min(1).max(200).optional() }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const shield = await context.read(async (tx) => found(await findShield(tx, params.shieldId), 'shield'));
    // It protects customers of centres that a single one does not answer for.
    if (shield.accountNo === null) requireWholeCompany(context);
    await liftShield(context.intake, {
      ...given(body),
      shieldId: params.shieldId,
      by: context.caller.personId,
    });
    return ACCEPTED;
  },
});

export const shieldRoutes = [setRoute, listRoute, liftRoute];
