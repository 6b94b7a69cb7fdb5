import { z } from 'zod';
import { findAccount } from '../../db/reads/find-account.ts';
import { findRepairAccount, listObjections, listRepairs } from '../../db/reads/list-credit-matters.ts';
import { decideObjection } from '../../intake/credit/objections/decide-objection.ts';
import { fileObjection } from '../../intake/credit/objections/file-objection.ts';
import { applyForRepair } from '../../intake/credit/repairs/apply-for-repair.ts';
import { decideRepair } from '../../intake/credit/repairs/decide-repair.ts';
import { verifyRepair } from '../../intake/credit/repairs/verify-repair.ts';
import { mirrorBilling } from '../../intake/screening/mirror-billing.ts';
import { civilDate as asCivilDate } from '../../rules/calendar/civil-date.ts';
import { LEADERS, type Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { ACCEPTED, accepted, civilDate, given, id, pageOf, paging, words } from '../schemas.ts';

const tag = 'credit';
const FILERS: readonly Role[] = ['clerk-95598', 'centre', 'credit-officer', 'team-leader', 'station-head'];
const READERS: readonly Role[] = [...LEADERS, 'credit-officer', 'clerk-95598', 'centre', 'auditor'];
const DECIDERS: readonly Role[] = [...LEADERS, 'credit-officer'];
const byAccount = paging.extend({
  accountNo: id.optional().meta({ description: 'all of this account; else what waits' }),
});

/** The account that was asked for; null where none was. @throws Problem 404 `not-found` */
export const accountIdOf = async (context: Context, accountNo: string | undefined): Promise<string | null> =>
  accountNo === undefined
    ? null
    : context.read(async (tx) => found(await findAccount(tx, accountNo), 'account').accountId);

const objection = z
  .object({
    objectionId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    scheme: z.string(),
    subjectId: z.string().nullable(),
    status: z.string(),
    channel: z.string(),
    outsideCheck: z.boolean(),
    filedBy: z.string(),
    occurredAt: z.string(),
    dueAt: z.string().meta({ description: 'decided by then (L5)' }),
    escalatedAt: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    words: z.string(),
    decision: z.string().nullable(),
  })
  .meta({ id: 'CreditObjection' });

const fileRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/objections',
  operationId: 'fileCreditObjection',
  summary: { zh: '登记信用异议，不利影响即时中止', en: 'File an objection; adverse effects rest at once' },
  tag,
  roles: FILERS,
  params: z.object({ accountNo: id }),
  body: z.object({
    scheme: z.enum(['grade', 'score', 'colour', 'record', 'export']),
    subjectId: id.optional().meta({ description: 'the record or export objected to' }),
    words,
    channel: z.enum(['web', 'hotline', 'counter', 'letter']),
    outsideCheck: z.boolean().default(false),
  }),
  answer: z.object({ objectionId: z.string(), dueAt: z.string() }),
  status: 201,
  handle: (context, { params, body }) =>
    fileObjection(context.intake, {
      ...given(body),
      accountNo: params.accountNo,
      by: context.caller.personId,
    }),
});

const objectionsRoute = route({
  method: 'get',
  path: '/credit/objections',
  operationId: 'listCreditObjections',
  summary: { zh: '信用异议（按时限）', en: 'Objections by the time they are to be decided' },
  tag,
  roles: READERS,
  query: byAccount,
  answer: pageOf(objection),
  handle: async (context, { query }) => {
    const accountId = await accountIdOf(context, query.accountNo);
    const after = readCursor(query.cursor, 2);
    const asked = { accountId, after, limit: query.limit + 1 };
    const rows = await context.read((tx) => listObjections(tx, context.deps.vault, asked));
    return page(rows, query.limit, (row) => [row.dueAt, row.objectionId]);
  },
});

const decideRoute = route({
  method: 'post',
  path: '/credit/objections/:objectionId/decisions',
  operationId: 'decideCreditObjection',
  summary: { zh: '答复信用异议', en: 'Decide an objection' },
  tag,
  roles: DECIDERS,
  params: z.object({ objectionId: id }),
  body: z.object({
    decision: z.enum(['upheld', 'partly-upheld', 'rejected', 'withdrawn']),
    reason: words,
    recordIds: z.array(id).max(50).default([]).meta({ description: 'records found wrong' }),
  }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const by = context.caller.personId;
    await decideObjection(context.intake, { ...body, objectionId: params.objectionId, by });
    return ACCEPTED;
  },
});

const repair = z
  .object({
    repairId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    recordId: z.string().nullable(),
    status: z.string(),
    correctedOn: z.string().nullable(),
    paidOn: z.string().nullable(),
    cleanUntil: z.string().nullable().meta({ description: 'last day of the clean period (K7.1)' }),
    appliedBy: z.string(),
    verifiedBy: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    endedReason: z.string().nullable(),
    occurredAt: z.string(),
    words: z.string(),
    decision: z.string().nullable(),
  })
  .meta({ id: 'CreditRepair' });

const applyRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/repairs',
  operationId: 'applyForCreditRepair',
  summary: { zh: '申请信用修复', en: 'Apply for repair' },
  tag,
  roles: FILERS,
  params: z.object({ accountNo: id }),
  body: z.object({ recordId: id.optional(), words }),
  answer: z.object({ repairId: z.string(), verifyDueAt: z.string() }),
  status: 201,
  handle: (context, { params, body }) =>
    applyForRepair(context.intake, {
      ...given(body),
      accountNo: params.accountNo,
      by: context.caller.personId,
    }),
});

const repairsRoute = route({
  method: 'get',
  path: '/credit/repairs',
  operationId: 'listCreditRepairs',
  summary: { zh: '信用修复', en: 'Repairs under way' },
  tag,
  roles: READERS,
  query: byAccount,
  answer: pageOf(repair),
  handle: async (context, { query }) => {
    const accountId = await accountIdOf(context, query.accountNo);
    const after = readCursor(query.cursor, 2);
    const asked = { accountId, after, limit: query.limit + 1 };
    const rows = await context.read((tx) => listRepairs(tx, context.deps.vault, asked));
    return page(rows, query.limit, (row) => [row.occurredAt, row.repairId]);
  },
});

const verifyRoute = route({
  method: 'post',
  path: '/credit/repairs/:repairId/verifications',
  operationId: 'verifyCreditRepair',
  summary: { zh: '核实整改与缴费', en: 'Verify that the breach is corrected and paid' },
  tag,
  roles: ['credit-officer', 'team-leader', 'station-head'],
  params: z.object({ repairId: id }),
  body: z.object({
    corrected: z.boolean(),
    correctedOn: civilDate,
    lateFeesPaid: z.boolean(),
    reason: words,
  }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    // What is owed is asked of billing itself: our mirror of an account without a case may be a month old.
    const account = found(await context.read((tx) => findRepairAccount(tx, params.repairId)), 'repair');
    const now = await context.deps.systems.billing.readAccountNow(account.accountNo);
    await context.deps.db.tx(context.scope, (tx) => mirrorBilling(tx, account.accountId, now));
    await verifyRepair(context.intake, {
      ...body,
      repairId: params.repairId,
      correctedOn: asCivilDate(body.correctedOn),
      by: context.caller.personId,
    });
    return ACCEPTED;
  },
});

const decideRepairRoute = route({
  method: 'post',
  path: '/credit/repairs/:repairId/decisions',
  operationId: 'decideCreditRepair',
  summary: { zh: '审批信用修复', en: 'Decide a repair' },
  tag,
  roles: DECIDERS,
  params: z.object({ repairId: id }),
  body: z.object({ decision: z.enum(['granted', 'refused', 'withdrawn']), reason: words }),
  answer: accepted,
  handle: async (context, { params, body }) => {
    const by = context.caller.personId;
    await decideRepair(context.intake, { ...body, repairId: params.repairId, by });
    return ACCEPTED;
  },
});

export const creditObjectionRoutes = [
  ...[fileRoute, objectionsRoute, decideRoute],
  ...[applyRoute, repairsRoute, verifyRoute, decideRepairRoute],
];
