import { z } from 'zod';
import { findOrdering } from '../../../db/reads/find-ordering.ts';
import { listMeasures } from '../../../db/credit/list-runs.ts';
import { claimRight, closeMeasure } from '../../../intake/credit/measures.ts';
import { orderByCredit } from '../../../intake/credit/orderings.ts';
import { planOutage, settleCommitment, signCommitment } from '../../../intake/credit/trusted-lane.ts';
import { civilDate as civilDateOf } from '../../../rules/calendar/civil-date.ts';
import { shanghaiText } from '../../../rules/calendar/shanghai-time.ts';
import { csvFile } from '../../csv.ts';
import { DESK, STAFF, type Role } from '../../http/caller.ts';
import { page, readCursor } from '../../http/paging.ts';
import { found } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import {
  ACCEPTED,
  accepted,
  civilDate,
  given,
  id,
  instant,
  pageOf,
  paging,
  sha256,
  words,
} from '../../schemas.ts';
import { CREDIT } from './file.ts';

const tag = 'credit';
const SEE: readonly Role[] = [...DESK, 'credit-officer', 'crew'];
const FRONT: readonly Role[] = ['credit-officer', 'centre', 'clerk-95598', 'reader', 'team-leader'];
const params = z.object({ accountNo: id });

const listRoute = route({
  method: 'get',
  path: '/credit/measures',
  operationId: 'listMeasures',
  summary: {
    zh: '等级带来的事项（责任人、期限）',
    en: 'Rights taken up, proposals, restraints and duties that are open, the most urgent first',
  },
  tag,
  roles: SEE,
  query: paging.extend({ kind: z.string().max(60).optional(), role: z.string().max(60).optional() }),
  answer: pageOf(
    z.object({
      measureId: z.string(),
      accountNo: z.string(),
      scheme: z.string(),
      kind: z.string(),
      effect: z.string(),
      givenBy: z.string(),
      ownerRole: z.string(),
      fromOn: z.string(),
      dueOn: z.string(),
      status: z.string(),
      amountFen: z.int().nullable(),
      clause: z.string(),
    }),
  ),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const rows = await listMeasures(tx, {
        kind: query.kind,
        role: query.role,
        after: readCursor(query.cursor, 2),
        limit: query.limit + 1,
      });
      return page(rows, query.limit, (row) => [row.dueOn, row.measureId]);
    }),
});

const closeRoute = route({
  method: 'post',
  path: '/credit/measures/outcome',
  operationId: 'closeMeasure',
  summary: {
    zh: '登记事项结果（接受、谢绝、完成）',
    en: 'What became of a measure: accepted, declined, done',
  },
  tag,
  roles: [...FRONT, 'crew', 'marketing-manager'],
  body: z.object({ measureId: id, status: z.enum(['accepted', 'declined', 'done']), outcome: words }),
  answer: accepted,
  handle: async (context, { body }) => {
    await closeMeasure(context.intake, { ...body, by: context.caller.personId });
    return ACCEPTED;
  },
});

const claimRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/claims',
  operationId: 'claimRight',
  summary: {
    zh: '用户行使等级权益',
    en: 'The customer takes up a right of their grade; it becomes work with a last day',
  },
  tag,
  roles: FRONT,
  params,
  body: z.object({ kind: z.string().trim().min(1).max(60) }),
  answer: z.object({ measureId: z.string(), dueOn: z.string() }),
  status: 201,
  handle: (context, { params: { accountNo }, body }) =>
    claimRight(context.intake, { accountNo, kind: body.kind, by: context.caller.personId }),
});

const commitRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/commitments',
  operationId: 'signCommitment',
  summary: {
    zh: '可信用户以书面承诺代替产权证明',
    en: 'A trusted customer signs a commitment in place of a proof of title (H5)',
  },
  tag,
  roles: FRONT,
  params,
  body: z.object({
    application: z.string().trim().min(1).max(100),
    text: words,
    proofSha256: sha256,
    signedOn: civilDate,
  }),
  answer: z.object({ commitmentId: z.string() }),
  status: 201,
  handle: (context, { params: { accountNo }, body }) =>
    signCommitment(context.intake, { ...body, accountNo, by: context.caller.personId }),
});

const settleRoute = route({
  method: 'post',
  path: '/credit/commitments/:commitmentId/outcome',
  operationId: 'settleCommitment',
  summary: { zh: '承诺履行情况', en: 'Whether a commitment was kept; a broken one closes the lane' },
  tag,
  roles: CREDIT,
  params: z.object({ commitmentId: id }),
  body: z.object({ kept: z.boolean(), reason: words }),
  answer: accepted,
  handle: async (context, { params: { commitmentId }, body }) => {
    await settleCommitment(context.intake, { commitmentId, ...body, by: context.caller.personId });
    return ACCEPTED;
  },
});

const outageRoute = route({
  method: 'post',
  path: '/planned-outages',
  operationId: 'planOutage',
  summary: {
    zh: '计划停电（A 级用户提前短信告知）',
    en: 'Planned works; A customers of the region are told by SMS beforehand',
  },
  tag,
  roles: ['centre', 'station-head', 'marketing-manager'],
  body: z.object({
    centreId: id,
    region: z.string().trim().min(1).max(100),
    fromAt: instant,
    toAt: instant,
    reason: words,
  }),
  answer: z.object({ outageId: z.string() }),
  status: 201,
  handle: (context, { body }) => planOutage(context.intake, { ...body, by: context.caller.personId }),
});

const candidate = z.object({
  accountNo: id,
  since: z.string().max(40).optional().meta({ description: 'when they asked' }),
  kind: z.string().max(60).optional().meta({ description: 'kind of user in the plan' }),
});
const candidates = z.array(candidate).min(1).max(5_000);

const orderRoute = route({
  method: 'post',
  path: '/credit/orderings',
  operationId: 'orderByCredit',
  summary: {
    zh: '排序：受理、限电、检修、催费，逐户说明',
    en: 'Who first, and why: competing requests, rationing, a time for works, collection work',
  },
  tag,
  roles: STAFF,
  body: z.discriminatedUnion('purpose', [
    z.object({ purpose: z.literal('service'), candidates }),
    z.object({ purpose: z.literal('dunning'), candidates }),
    z.object({ purpose: z.literal('rationing'), candidates, kinds: z.array(z.string().max(60)).max(50) }),
    z.object({
      purpose: z.literal('maintenance'),
      windows: z
        .array(z.object({ id, on: civilDate, unsuitedAccountNos: z.array(id).max(5_000) }))
        .min(1)
        .max(100),
    }),
  ]),
  answer: z.object({
    orderingId: z.string(),
    policyVersion: z.string(),
    items: z.array(z.object({ id: z.string(), place: z.int(), why: z.string() })),
  }),
  status: 201,
  handle: async (context, { body }) => {
    const request =
      body.purpose === 'maintenance'
        ? { ...body, windows: body.windows.map((window) => ({ ...window, on: civilDateOf(window.on) })) }
        : { ...body, candidates: body.candidates.map((one) => given(one)) };
    const answer = await orderByCredit(context.intake, request, context.caller.personId);
    return { ...answer, items: answer.items.map((one) => ({ ...one, why: one.why[context.lang] })) };
  },
});

/** What each column says, on top of the file. */
const ORDERING_HEADS = {
  zh: [
    '名次（1 为最先）',
    '户号或检修时段',
    '排序说明',
    '事项',
    '依据条款',
    '信用口径版本',
    '排序时间（上海）',
  ],
  en: [
    ...['place (1 is first)', 'account, or time for works', 'why', 'purpose', 'clause'],
    ...['version of the definitions', 'ordered at (Shanghai)'],
  ],
} as const;
const ORDERING_WORDS = {
  service: { zh: '受理', en: 'requests', clause: 'G3.1' },
  rationing: { zh: '限电（先限者在前）', en: 'rationing, who is cut first', clause: 'G3.2' },
  maintenance: { zh: '检修时段', en: 'time for works', clause: 'G3.4' },
  dunning: { zh: '催费', en: 'collection work', clause: 'R3' },
} as const;

const orderingFileRoute = route({
  method: 'get',
  path: '/credit/orderings/:orderingId/ordering.csv',
  operationId: 'exportOrdering',
  summary: {
    zh: '导出排序（CSV，逐户说明）',
    en: 'An ordering that you asked for as a file for spreadsheets: place, who, why, clause',
  },
  tag,
  roles: STAFF,
  params: z.object({ orderingId: id }),
  answer: z.instanceof(Buffer).meta({ override: { type: 'string', format: 'binary' } }),
  answerType: 'text/csv',
  handle: async (context, { params: { orderingId } }) => {
    const of = { orderingId, askedBy: context.caller.personId };
    const ordering = found(await context.read((tx) => findOrdering(tx, of)), 'ordering');
    const { lang } = context;
    const { clause, ...words } = ORDERING_WORDS[ordering.purpose];
    const at = shanghaiText(Date.parse(ordering.askedAt));
    return csvFile([
      ORDERING_HEADS[lang],
      ...ordering.answer.map(({ place, id: who, why }) => [
        ...[place, who, why[lang], words[lang], clause, ordering.policyVersion, at],
      ]),
    ]);
  },
});

export const consequenceRoutes = [
  listRoute,
  closeRoute,
  claimRoute,
  commitRoute,
  settleRoute,
  outageRoute,
  orderRoute,
  orderingFileRoute,
];
