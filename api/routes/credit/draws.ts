import { z } from 'zod';
import { findDraw, listDrawEntries } from '../../../db/credit/list-runs.ts';
import { announceDraw, drawWinners } from '../../../intake/credit/draws.ts';
import { DESK } from '../../http/caller.ts';
import { found } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { requireWholeCompany } from '../../reach.ts';
import { words } from '../../schemas.ts';
import { CREDIT } from './file.ts';

const tag = 'credit';
const year = z.coerce.number().int().min(2020).max(2099);
const classes = z.record(
  z.string(),
  z.object({ population: z.int(), winners: z.int(), populationSha256: z.string() }),
);

const announceRoute = route({
  method: 'post',
  path: '/credit/draws',
  operationId: 'announceDraw',
  summary: {
    zh: '公告 A 级用户抽奖（先公布随机数来源）',
    en: 'Announce the draw of A customers before its seed exists: which public number it will be (G3.5)',
  },
  tag,
  roles: CREDIT,
  body: z.object({ year: z.int().min(2020).max(2099), seedSource: words }),
  answer: z.object({ drawId: z.string() }),
  status: 201,
  handle: (context, { body }) => {
    requireWholeCompany(context);
    return announceDraw(context.intake, { ...body, by: context.caller.personId });
  },
});

const drawRoute = route({
  method: 'post',
  path: '/credit/draws/:year/result',
  operationId: 'drawWinners',
  summary: {
    zh: '抽取（随机数公布之后，由另一人执行）',
    en: 'Draw with the seed that has become public; not by whoever announced it',
  },
  tag,
  roles: [...CREDIT, 'company-head'],
  params: z.object({ year }),
  body: z.object({ seed: z.string().trim().min(4).max(200) }),
  answer: z.object({ drawId: z.string(), classes }),
  status: 201,
  handle: (context, { params, body }) => {
    requireWholeCompany(context);
    return drawWinners(context.intake, { year: params.year, seed: body.seed, by: context.caller.personId });
  },
});

const getRoute = route({
  method: 'get',
  path: '/credit/draws/:year',
  operationId: 'getDraw',
  summary: {
    zh: '抽奖的公开内容（任何人可复算）',
    en: 'Seed, method and everybody who took part by opaque id: anyone comes to the same list',
  },
  tag,
  roles: [...DESK, 'credit-officer', 'customer'],
  params: z.object({ year }),
  answer: z.object({
    drawId: z.string(),
    year: z.int(),
    seedSource: z.string(),
    seed: z.string().nullable(),
    method: z.string(),
    sharePermille: z.int(),
    classes,
    announcedAt: z.string(),
    drawnAt: z.string().nullable(),
    entries: z.array(z.object({ id: z.string(), class: z.string(), rank: z.int(), won: z.boolean() })),
  }),
  handle: (context, { params }) =>
    // What is published is published whole, whatever centres the reader works for.
    context.deps.db.tx({ ...context.scope, centreIds: '*' }, async (tx) => {
      const draw = found(await findDraw(tx, params.year), 'draw');
      return { ...draw, entries: await listDrawEntries(tx, draw.drawId) };
    }),
});

export const drawRoutes = [announceRoute, drawRoute, getRoute];
