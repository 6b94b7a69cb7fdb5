import { z } from 'zod';
import { UnsoundPolicy } from '../../db/policies/read-policy.ts';
import { listPolicies } from '../../db/reads/list-policies.ts';
import { publishPolicy } from '../../intake/desk/publish-policy.ts';
import { civilDate as civilDateOf } from '../../rules/calendar/civil-date.ts';
import { LAW_TABLES, RULEBOOK_VERSION } from '../../rules/parameters/law.ts';
import { DESK, STAFF } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { Problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { policyBody } from '../policy-body.ts';
import { requireCentre, requireWholeCompany } from '../reach.ts';
import { ACCEPTED, accepted, civilDate, given, id, pageOf, paging } from '../schemas.ts';

const tag = 'policies';

const listRoute = route({
  method: 'get',
  path: '/policies',
  operationId: 'listPolicies',
  summary: { zh: '公司参数', en: 'Every policy published, the latest to begin first' },
  tag,
  roles: [...DESK, 'operator', 'credit-officer'],
  query: paging,
  answer: pageOf(
    z.object({
      version: z.string(),
      centreId: z.string().nullable(),
      customerClass: z.string().nullable(),
      region: z.string().nullable(),
      validFrom: z.string(),
      validTo: z.string().nullable(),
      body: z.record(z.string(), z.unknown()),
      publishedBy: z.string(),
      recordedAt: z.string(),
    }),
  ),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const before = readCursor(query.cursor, 2);
      const rows = await listPolicies(tx, { before, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.validFrom, row.version]);
    }),
});

const publishRoute = route({
  method: 'post',
  path: '/policies',
  operationId: 'publishPolicy',
  summary: {
    zh: '发布参数（只能严于法定要求）',
    en: 'Publish parameters from a day on: stricter than the law, never softer; open cases keep theirs',
  },
  tag,
  roles: ['marketing-manager', 'company-head', 'company-president'],
  body: z.object({
    version: z
      .string()
      .regex(/^[\w.-]{1,60}$/)
      .meta({ description: 'a name of its own, stored with every case and decision' }),
    centreId: id.optional(),
    customerClass: z.enum(['resident', 'non-resident']).optional(),
    region: z.string().trim().min(1).max(100).optional(),
    validFrom: civilDate,
    validTo: civilDate.optional().meta({ description: 'included' }),
    body: policyBody,
  }),
  answer: accepted,
  status: 201,
  handle: async (context, { body }) => {
    const { centreId } = body;
    if (centreId === undefined) requireWholeCompany(context);
    else await context.read((tx) => requireCentre(tx, centreId));
    try {
      await publishPolicy(context.intake, { ...given(body), by: context.caller.personId });
    } catch (error) {
      if (!(error instanceof UnsoundPolicy)) throw error;
      throw new Problem(422, 'not-permitted', { reasons: error.reasons });
    }
    return ACCEPTED;
  },
});

const lawLine = z.object({
  name: z.string(),
  value: z.unknown(),
  clause: z.string(),
  source: z.string(),
  from: z.string(),
  to: z.string().nullable(),
});

/** The lines that hold on a day; a number that no rule covers then is left out, never guessed. */
function lawOn(date: string): z.input<typeof lawLine>[] {
  const day = civilDateOf(date);
  return Object.entries(LAW_TABLES).flatMap(([name, table]) => {
    try {
      return [{ name, ...table(day) }];
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  });
}

const lawRoute = route({
  method: 'get',
  path: '/law',
  operationId: 'getLaw',
  summary: { zh: '法定数值及出处', en: 'The numbers of the law on a day, each with its source' },
  tag,
  roles: STAFF,
  query: z.object({ date: civilDate }),
  answer: z.object({ rulebookVersion: z.string(), date: z.string(), numbers: z.array(lawLine) }),
  handle: (_context, { query }) =>
    Promise.resolve({
      rulebookVersion: RULEBOOK_VERSION,
      date: query.date,
      numbers: lawOn(query.date),
    }),
});

export const policyRoutes = [listRoute, publishRoute, lawRoute];
