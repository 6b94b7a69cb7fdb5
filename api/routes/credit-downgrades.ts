import { z } from 'zod';
import { listDowngrades, listExports } from '../../db/reads/list-credit-matters.ts';
import { decideDowngrade, replyToDowngrade } from '../../intake/credit/downgrades/decide-downgrade.ts';
import { approveExport } from '../../intake/credit/exports/approve-export.ts';
import { proposeExport } from '../../intake/credit/exports/propose-export.ts';
import { withdrawExport } from '../../intake/credit/exports/withdraw-export.ts';
import { serveLetter } from '../../intake/credit/letters/serve-letter.ts';
import { LEADERS, type Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { Problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, id, pageOf, paging, sha256, words } from '../schemas.ts';
import { accountIdOf } from './credit-objections.ts';

const tag = 'credit';
const READERS: readonly Role[] = [...LEADERS, 'credit-officer', 'clerk-95598', 'auditor'];

const downgrade = z
  .object({
    downgradeId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    scheme: z.string(),
    from: z.string(),
    to: z.string(),
    code: z.string().meta({ description: 'the rule that says so' }),
    status: z.string(),
    facts: z.record(z.string(), z.unknown()).nullable(),
    decidedBy: z.string().nullable(),
    replyUntil: z.string().nullable().meta({ description: 'nothing holds before' }),
    repliedAt: z.string().nullable(),
    replyAnswer: z.string().nullable(),
    effectiveOn: z.string().nullable(),
    endedReason: z.string().nullable(),
    occurredAt: z.string(),
    reply: z.string().nullable(),
    decision: z.string().nullable(),
  })
  .meta({ id: 'CreditDowngrade' });

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
  answer: pageOf(downgrade),
  handle: async (context, { query }) => {
    const accountId = await accountIdOf(context, query.accountNo);
    const after = readCursor(query.cursor, 1);
    const asked = { accountId, status: query.status, after, limit: query.limit + 1 };
    const rows = await context.read((tx) => listDowngrades(tx, context.deps.vault, asked));
    return page(rows, query.limit, (row) => [row.downgradeId]);
  },
});

const decideRoute = route({
  method: 'post',
  path: '/credit/downgrades/:downgradeId/decisions',
  operationId: 'decideCreditDowngrade',
  summary: { zh: '决定是否降级', en: 'Decide a harmful move' },
  tag,
  roles: [...LEADERS, 'credit-officer'],
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
  roles: ['clerk-95598', 'centre', 'credit-officer', 'team-leader', 'station-head'],
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
  roles: [...LEADERS, 'credit-officer'],
  params: z.object({ downgradeId: id }),
  body: z.object({ answer: z.enum(['stands', 'withdrawn']), reason: words }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const by = context.caller.personId;
    await replyToDowngrade(context.intake, { ...body, downgradeId: params.downgradeId, by });
    return ACCEPTED;
  },
});

const exported = z
  .object({
    exportId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    kind: z.string(),
    subjectId: z.string(),
    basisId: z.string(),
    status: z.string(),
    statedOn: z.string(),
    noticeUntil: z.string().nullable(),
    proposedBy: z.string(),
    approvedBy: z.string().nullable(),
    sentAt: z.string().nullable(),
    acknowledgedAt: z.string().nullable(),
    withdrawReason: z.string().nullable(),
    withdrawnAt: z.string().nullable(),
    refusedCode: z.string().nullable(),
  })
  .meta({ id: 'CreditExport' });

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
  answer: pageOf(exported),
  handle: async (context, { query }) => {
    const accountId = await accountIdOf(context, query.accountNo);
    const after = readCursor(query.cursor, 1);
    const asked = { accountId, status: query.status, after, limit: query.limit + 1 };
    const rows = await context.read((tx) => listExports(tx, asked));
    return page(rows, query.limit, (row) => [row.exportId]);
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
  roles: [...LEADERS, 'credit-officer'],
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
  roles: [...LEADERS, 'credit-officer'],
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
  ...[listRoute, decideRoute, replyRoute, answerRoute],
  ...[exportsRoute, proposeRoute, approveRoute, withdrawRoute, serveRoute],
];
