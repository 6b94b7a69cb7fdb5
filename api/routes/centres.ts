import { z } from 'zod';
import { listCentres } from '../../db/reads/list-centres.ts';
import { askProtection } from '../../intake/protection/ask-protection.ts';
import { screenCentre, type ScreenedItem } from '../../intake/screening/screen-centre.ts';
import { DESK } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { Problem } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { say } from '../http/say.ts';
import { launchCase, type Launched } from '../launch.ts';
import { requireCentre } from '../reach.ts';
import { id, pageOf, paging, reason } from '../schemas.ts';

const tag = 'centres';

const listRoute = route({
  method: 'get',
  path: '/centres',
  operationId: 'listCentres',
  summary: { zh: '抄表中心', en: 'Your centres' },
  tag,
  roles: [...DESK, 'crew', 'operator', 'credit-officer'],
  query: paging,
  answer: pageOf(
    z.object({ centreId: z.string(), name: z.string(), region: z.string(), openCases: z.int() }),
  ),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 1)?.[0] ?? '';
      const rows = await listCentres(tx, { after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.centreId]);
    }),
});

const screened = z.object({
  accountNo: z.string(),
  outcome: z.enum(['permitted', 'refused', 'undetermined']),
  reasons: z.array(reason),
});

/** One page of a centre in the order of account numbers; nothing is stored. */
const screenPage = (
  context: Context,
  query: { centreId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: ScreenedItem[]; next: string | null }> =>
  context.read(async (tx) => {
    await requireCentre(tx, query.centreId);
    const after = readCursor(query.cursor, 1)?.[0] ?? '';
    const { items } = await screenCentre(tx, context.deps.vault, {
      centreId: query.centreId,
      after,
      limit: query.limit + 1,
    });
    return page(items, query.limit, (row) => [row.accountNo]);
  });

const screenRoute = route({
  method: 'get',
  path: '/screenings',
  operationId: 'screenCentre',
  summary: {
    zh: '试算：哪些户可进入催费，哪些不可及原因',
    en: 'Dry run: which overdue accounts of a centre may enter collection, which not and why',
  },
  tag,
  roles: DESK,
  query: paging.extend({ centreId: id }),
  answer: pageOf(screened),
  handle: async (context, { query }) => {
    const { items, next } = await screenPage(context, query);
    return {
      items: items.map(({ accountNo, outcome, reasons }) => ({
        accountNo,
        outcome,
        reasons: say(reasons, context.lang),
      })),
      next,
    };
  },
});

type NotLaunched = Pick<ScreenedItem, 'accountNo' | 'outcome' | 'reasons'>;

async function launchOne(context: Context, item: ScreenedItem): Promise<Launched | NotLaunched> {
  const { accountNo, outcome, reasons } = item;
  if (outcome !== 'permitted') {
    if (reasons.some(({ code }) => code === 'protection-not-asked'))
      await askProtection(context.intake, item.accountId);
    return { accountNo, outcome, reasons };
  }
  try {
    return await launchCase(context, accountNo);
  } catch (error) {
    // Something has changed since the page was screened; the others go on.
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return {
      accountNo,
      outcome: error.code === 'undetermined' ? 'undetermined' : 'refused',
      reasons: error.reasons,
    };
  }
}

const AT_ONCE = 5;

const launchesRoute = route({
  method: 'post',
  path: '/launches',
  operationId: 'launchCentre',
  summary: {
    zh: '批量发起催费（一页）',
    en: 'Launch a case for every account of one page of a centre that may enter',
  },
  tag,
  roles: ['centre', 'team-leader'],
  body: z.object({
    centreId: id,
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(50),
    accountNos: z
      .array(z.string().max(60))
      .max(100)
      .optional()
      .meta({ description: 'of that page only these: what somebody has seen before agreeing' }),
  }),
  answer: z.object({
    launched: z.array(z.object({ accountNo: z.string(), caseId: z.string() })),
    notLaunched: z.array(screened),
    next: z.string().nullable().meta({ description: 'cursor of the following page' }),
  }),
  status: 202,
  handle: async (context, { body }) => {
    const { items: screenedNow, next } = await screenPage(context, body);
    const seen = body.accountNos === undefined ? null : new Set(body.accountNos);
    const items = screenedNow.filter(({ accountNo }) => seen === null || seen.has(accountNo));
    const launched: Launched[] = [];
    const notLaunched: NotLaunched[] = [];
    for (let first = 0; first < items.length; first += AT_ONCE) {
      const some = await Promise.all(
        items.slice(first, first + AT_ONCE).map((one) => launchOne(context, one)),
      );
      for (const one of some) {
        if ('caseId' in one) launched.push(one);
        else notLaunched.push(one);
      }
    }
    return {
      launched,
      notLaunched: notLaunched.map((one) => ({ ...one, reasons: say(one.reasons, context.lang) })),
      next,
    };
  },
});

export const centreRoutes = [listRoute, screenRoute, launchesRoute];
