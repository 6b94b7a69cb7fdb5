import { z } from 'zod';
import { findAccount } from '../../db/reads/find-account.ts';
import { findRepairAccount, listObjections, listRepairs } from '../../db/reads/list-credit-matters.ts';
import { checkOutside } from '../../intake/credit/objections/check-outside.ts';
import { decideObjection } from '../../intake/credit/objections/decide-objection.ts';
import { fileObjection } from '../../intake/credit/objections/file-objection.ts';
import { applyForRepair } from '../../intake/credit/repairs/apply-for-repair.ts';
import { decideRepair } from '../../intake/credit/repairs/decide-repair.ts';
import { verifyRepair } from '../../intake/credit/repairs/verify-repair.ts';
import { mirrorBilling } from '../../intake/screening/mirror-billing.ts';
import { civilDate as asCivilDate } from '../../rules/calendar/civil-date.ts';
import { MATTER_ROLES, shownObjection, shownRepair } from '../credit-matters.ts';
import { LEADERS, type Role } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { objectionItem, repairItem } from '../shapes/credit.ts';
import { ACCEPTED, accepted, civilDate, given, id, pageOf, paging, words } from '../schemas.ts';

const tag = 'credit';
const FILERS: readonly Role[] = ['clerk-95598', 'centre', 'credit-officer', 'team-leader', 'station-head'];
const READERS: readonly Role[] = [...LEADERS, 'credit-officer', 'clerk-95598', 'centre', 'auditor'];
const byAccount = paging.extend({
  accountNo: id.optional().meta({ description: 'all of this account; else what waits' }),
});

/** The account that was asked for; null where none was. @throws Problem 404 `not-found` */
export const accountIdOf = async (context: Context, accountNo: string | undefined): Promise<string | null> =>
  accountNo === undefined
    ? null
    : context.read(async (tx) => found(await findAccount(tx, accountNo), 'account').accountId);

/** Who asks, of a list of matters. */
export const byCaller = ({ caller }: Context) => ({ personId: caller.personId, id: null });
/** Of a list of matters: the one with the id. */
export const ONE = { accountId: null, after: undefined, limit: 1 };

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
  answer: pageOf(objectionItem),
  handle: async (context, { query }) => {
    const accountId = await accountIdOf(context, query.accountNo);
    const after = readCursor(query.cursor, 2);
    const asked = { ...byCaller(context), accountId, after, limit: query.limit + 1 };
    const rows = await context.read((tx) => listObjections(tx, context.deps.vault, asked));
    const { items, next } = page(rows, query.limit, (row) => [row.dueAt, row.objectionId]);
    return { items: items.map((item) => shownObjection(context, item)), next };
  },
});

const objectionRoute = route({
  method: 'get',
  path: '/credit/objections/:objectionId',
  operationId: 'getCreditObjection',
  summary: { zh: '一项异议及可办事项', en: 'One objection, and what may be done about it' },
  tag,
  roles: READERS,
  params: z.object({ objectionId: id }),
  answer: objectionItem,
  handle: async (context, { params }) => {
    const asked = { ...byCaller(context), ...ONE, id: params.objectionId };
    const [item] = await context.read((tx) => listObjections(tx, context.deps.vault, asked));
    return shownObjection(context, found(item, 'objection'));
  },
});

const decideRoute = route({
  method: 'post',
  path: '/credit/objections/:objectionId/decisions',
  operationId: 'decideCreditObjection',
  summary: { zh: '答复信用异议', en: 'Decide an objection' },
  tag,
  roles: MATTER_ROLES.objection.decide,
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

const outsideRoute = route({
  method: 'post',
  path: '/credit/objections/:objectionId/outside-checks',
  operationId: 'checkCreditObjectionOutside',
  summary: {
    zh: '信用异议须外部核查（期限改为七个工作日）',
    en: 'Somebody outside has to be asked: seven working days instead of three',
  },
  tag,
  roles: MATTER_ROLES.objection['check-outside'],
  params: z.object({ objectionId: id }),
  body: z.object({ reason: words.meta({ description: 'who is asked, and what' }) }),
  answer: z.object({ dueAt: z.string() }),
  status: 201,
  handle: (context, { params, body }) =>
    checkOutside(context.intake, {
      ...{ objectionId: params.objectionId, reason: body.reason, by: context.caller.personId },
    }),
});

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
  answer: pageOf(repairItem),
  handle: async (context, { query }) => {
    const accountId = await accountIdOf(context, query.accountNo);
    const after = readCursor(query.cursor, 2);
    const asked = { ...byCaller(context), accountId, after, limit: query.limit + 1 };
    const rows = await context.read((tx) => listRepairs(tx, context.deps.vault, asked));
    const { items, next } = page(rows, query.limit, (row) => [row.occurredAt, row.repairId]);
    return { items: items.map((item) => shownRepair(context, item)), next };
  },
});

const repairRoute = route({
  method: 'get',
  path: '/credit/repairs/:repairId',
  operationId: 'getCreditRepair',
  summary: { zh: '一项修复及可办事项', en: 'One repair, and what may be done about it' },
  tag,
  roles: READERS,
  params: z.object({ repairId: id }),
  answer: repairItem,
  handle: async (context, { params }) => {
    const asked = { ...byCaller(context), ...ONE, id: params.repairId };
    const [item] = await context.read((tx) => listRepairs(tx, context.deps.vault, asked));
    return shownRepair(context, found(item, 'repair'));
  },
});

const verifyRoute = route({
  method: 'post',
  path: '/credit/repairs/:repairId/verifications',
  operationId: 'verifyCreditRepair',
  summary: { zh: '核实整改与缴费', en: 'Verify that the breach is corrected and paid' },
  tag,
  roles: MATTER_ROLES.repair.verify,
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
  roles: MATTER_ROLES.repair.decide,
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
  ...[fileRoute, objectionsRoute, objectionRoute, decideRoute, outsideRoute],
  ...[applyRoute, repairsRoute, repairRoute, verifyRoute, decideRepairRoute],
];
