import { z } from 'zod';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../db/database.ts';
import { listDowngrades, listExports } from '../../db/reads/list-credit-decisions.ts';
import { decideDowngrade, replyToDowngrade } from '../../intake/credit/downgrades/decide-downgrade.ts';
import { approveExport } from '../../intake/credit/exports/approve-export.ts';
import { proposeExport } from '../../intake/credit/exports/propose-export.ts';
import { withdrawExport } from '../../intake/credit/exports/withdraw-export.ts';
import { deskNowMs } from '../../intake/desk/keep-desk-record.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { serveLetter } from '../../intake/credit/letters/serve-letter.ts';
import { MATTER_ROLES, shownDowngrade, shownExport } from '../credit-matters.ts';
import { LEADERS, type Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found, Problem } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { ACCEPTED, accepted, id, pageOf, paging, sha256, words } from '../schemas.ts';
import { downgradeItem, exportItem } from '../shapes/credit.ts';
import { accountIdOf, byCaller, ONE } from './credit-objections.ts';

const tag = 'credit';
const READERS: readonly Role[] = [...LEADERS, 'credit-officer', 'clerk-95598', 'auditor'];

const policyNow = async (context: Context, tx: Tx) =>
  readCreditPolicy(tx, context.scope.companyId, civilDateAt(await deskNowMs(tx)));

const listRoute = route({
  method: 'get',
  path: '/credit/downgrades',
  operationId: 'listCreditDowngrades',
  summary: { zh: '待人工决定的降级', en: 'Harmful moves that wait for a person (L7)' },
  tag,
  roles: READERS,
  query: paging.extend({
    accountNo: id.optional(),
    status: z
      .enum(['queued', 'approved', 'noticed', 'in-force', 'refused', 'withdrawn', 'undone'])
      .default('queued'),
  }),
  answer: pageOf(downgradeItem),
  handle: async (context, { query }) => {
    const accountId = await accountIdOf(context, query.accountNo);
    const after = readCursor(query.cursor, 1);
    const asked = { ...byCaller(context), accountId, status: query.status, after, limit: query.limit + 1 };
    return context.read(async (tx) => {
      const policy = await policyNow(context, tx);
      const rows = await listDowngrades(tx, context.deps.vault, asked);
      const { items, next } = page(rows, query.limit, (row) => [row.downgradeId]);
      return { items: items.map((item) => shownDowngrade(context, item, policy)), next };
    });
  },
});

const getRoute = route({
  method: 'get',
  path: '/credit/downgrades/:downgradeId',
  operationId: 'getCreditDowngrade',
  summary: { zh: '一项降级及可办事项', en: 'One harmful move, and what may be done about it' },
  tag,
  roles: READERS,
  params: z.object({ downgradeId: id }),
  answer: downgradeItem,
  handle: async (context, { params }) => {
    const asked = { ...byCaller(context), ...ONE, id: params.downgradeId, status: '' };
    return context.read(async (tx) => {
      const [item] = await listDowngrades(tx, context.deps.vault, asked);
      return shownDowngrade(context, found(item, 'downgrade'), await policyNow(context, tx));
    });
  },
});

const decideRoute = route({
  method: 'post',
  path: '/credit/downgrades/:downgradeId/decisions',
  operationId: 'decideCreditDowngrade',
  summary: { zh: '决定是否降级', en: 'Decide a harmful move' },
  tag,
  roles: MATTER_ROLES.downgrade.decide,
  params: z.object({ downgradeId: id }),
  body: z.object({ decision: z.enum(['approve', 'refuse']), reason: words }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const by = context.caller.personId;
    await decideDowngrade(context.intake, { ...body, downgradeId: params.downgradeId, by });
    return ACCEPTED;
  },
});

const replyRoute = route({
  method: 'post',
  path: '/credit/downgrades/:downgradeId/replies',
  operationId: 'replyToCreditDowngrade',
  summary: { zh: '登记用户陈述申辩', en: 'Take down what the customer says before it takes effect' },
  tag,
  roles: MATTER_ROLES.downgrade.reply,
  params: z.object({ downgradeId: id }),
  body: z.object({ words }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const by = context.caller.personId;
    await replyToDowngrade(context.intake, { ...body, downgradeId: params.downgradeId, by });
    return ACCEPTED;
  },
});

const answerRoute = route({
  method: 'post',
  path: '/credit/downgrades/:downgradeId/answers',
  operationId: 'answerCreditReply',
  summary: { zh: '处理陈述申辩', en: 'Say what was made of the reply' },
  tag,
  roles: MATTER_ROLES.downgrade['answer-reply'],
  params: z.object({ downgradeId: id }),
  body: z.object({ answer: z.enum(['stands', 'withdrawn']), reason: words }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const by = context.caller.personId;
    await replyToDowngrade(context.intake, { ...body, downgradeId: params.downgradeId, by });
    return ACCEPTED;
  },
});

const exportsRoute = route({
  method: 'get',
  path: '/credit/exports',
  operationId: 'listCreditExports',
  summary: { zh: '信用信息报送', en: 'Reports to the public credit platform' },
  tag,
  roles: READERS,
  query: paging.extend({
    accountNo: id.optional(),
    status: z
      .enum([
        ...(['proposed', 'noticed', 'approved', 'sent'] as const),
        ...(['acknowledged', 'refused', 'withdrawing', 'withdrawn'] as const),
      ])
      .default('noticed'),
  }),
  answer: pageOf(exportItem),
  handle: async (context, { query }) => {
    const accountId = await accountIdOf(context, query.accountNo);
    const after = readCursor(query.cursor, 1);
    const asked = { ...byCaller(context), accountId, status: query.status, after, limit: query.limit + 1 };
    const rows = await context.read((tx) => listExports(tx, context.deps.vault, asked));
    const { items, next } = page(rows, query.limit, (row) => [row.exportId]);
    return { items: items.map((item) => shownExport(context, item)), next };
  },
});

const exportRoute = route({
  method: 'get',
  path: '/credit/exports/:exportId',
  operationId: 'getCreditExport',
  summary: { zh: '一项报送及可办事项', en: 'One report, and what may be done about it' },
  tag,
  roles: READERS,
  params: z.object({ exportId: id }),
  answer: exportItem,
  handle: async (context, { params }) => {
    const asked = { ...byCaller(context), ...ONE, id: params.exportId, status: '' };
    const [item] = await context.read((tx) => listExports(tx, context.deps.vault, asked));
    return shownExport(context, found(item, 'export'));
  },
});

const proposeRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/exports',
  operationId: 'proposeCreditExport',
  summary: { zh: '拟报送企业信用信息', en: 'Propose a record of a firm for the platform' },
  tag,
  roles: ['credit-officer'],
  params: z.object({ accountNo: id }),
  body: z.object({
    kind: z.enum(['grade', 'colour', 'record', 'commitment']),
    subjectId: id.meta({ description: 'of a grade or colour `value/since`' }),
    basisId: id,
  }),
  answer: z.object({ exportId: z.string() }),
  status: 201,
  handle: async (context, { params, body }) => {
    const proposed = await proposeExport(context.intake, {
      ...body,
      accountNo: params.accountNo,
      by: context.caller.personId,
    });
    if (proposed.exportId === null) throw new Problem(409, 'not-permitted', { reasons: proposed.reasons });
    return { exportId: proposed.exportId };
  },
});

const approveRoute = route({
  method: 'post',
  path: '/credit/exports/:exportId/approvals',
  operationId: 'approveCreditExport',
  summary: { zh: '复核报送', en: 'Sign a report as the second person' },
  tag,
  roles: MATTER_ROLES.export.approve,
  params: z.object({ exportId: id }),
  answer: accepted,
  handle: async (context, { params }) => {
    await approveExport(context.intake, { exportId: params.exportId, by: context.caller.personId });
    return ACCEPTED;
  },
});

const withdrawRoute = route({
  method: 'post',
  path: '/credit/exports/:exportId/withdrawal',
  operationId: 'withdrawCreditExport',
  summary: { zh: '撤回报送', en: 'Take a report back' },
  tag,
  roles: MATTER_ROLES.export.withdraw,
  params: z.object({ exportId: id }),
  body: z.object({ cause: z.enum(['mistake', 'repaired', 'basis-ended', 'no-longer-true']) }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const by = context.caller.personId;
    await withdrawExport(context.intake, { exportId: params.exportId, reason: body.cause, by });
    return ACCEPTED;
  },
});

const serveRoute = route({
  method: 'post',
  path: '/credit/letters/:letterId/services',
  operationId: 'serveCreditLetter',
  summary: { zh: '登记信用函件送达', en: 'Prove that a letter of credit reached the customer' },
  tag,
  roles: ['reader', 'centre', 'team-leader', 'credit-officer'],
  params: z.object({ letterId: id }),
  body: z.object({
    servedBy: z.enum(['signature', 'photo', 'refusal', 'delivery']),
    proofs: z.array(sha256).max(20),
  }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const by = context.caller.personId;
    await serveLetter(context.intake, { ...body, letterId: params.letterId, by });
    return ACCEPTED;
  },
});

export const creditDowngradeRoutes = [
  ...[listRoute, getRoute, decideRoute, replyRoute, answerRoute],
  ...[exportsRoute, exportRoute, proposeRoute, approveRoute, withdrawRoute, serveRoute],
];
