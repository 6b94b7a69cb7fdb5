import { z } from 'zod';
import { readCreditPolicy } from '../../../db/credit/read-credit-policy.ts';
import { UnsoundPolicy } from '../../../db/policies/read-policy.ts';
import { creditPolicyBody } from '../../credit-policy-body.ts';
import { decideAdjustment, proposeAdjustment } from '../../../intake/credit/adjust-score.ts';
import { decideBasis, publishCreditPolicy, recordBasis } from '../../../intake/credit/credit-policies.ts';
import { deskNowMs } from '../../../intake/desk/keep-desk-record.ts';
import { civilDate as civilDateOf } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { MEASURES_WITHOUT_BASIS } from '../../../rules/credit/policy.ts';
import { STAFF } from '../../http/caller.ts';
import { Problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { requireWholeCompany } from '../../reach.ts';
import { ACCEPTED, accepted, civilDate, id, words } from '../../schemas.ts';
import { CREDIT } from './file.ts';

const tag = 'credit';
const ENDS_BEFORE = { path: ['validTo'], message: 'must not be before validFrom' };
const endsAfterItBegins = (one: { validFrom: string; validTo?: string | undefined }): boolean =>
  one.validTo === undefined || one.validTo >= one.validFrom;
const LEADING = ['marketing-manager', 'company-head', 'company-president'] as const;

const getRoute = route({
  method: 'get',
  path: '/credit/policy',
  operationId: 'getCreditPolicy',
  summary: {
    zh: '信用评定标准（公开）',
    en: 'The published definitions: criteria, weights, thresholds, consequences (K3, K8.1)',
  },
  tag,
  roles: [...STAFF, 'customer'],
  query: z.object({ date: civilDate.optional() }),
  answer: z.object({ version: z.string(), date: z.string(), policy: z.record(z.string(), z.unknown()) }),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const date = query.date === undefined ? civilDateAt(await deskNowMs(tx)) : civilDateOf(query.date);
      const policy = await readCreditPolicy(tx, context.scope.companyId, date);
      return { version: policy.version, date, policy: { ...policy } };
    }),
});

const publishRoute = route({
  method: 'post',
  path: '/credit/policies',
  operationId: 'publishCreditPolicy',
  summary: {
    zh: '发布信用评定标准',
    en: 'Publish definitions of credit from a day on; runs keep the ones they began with',
  },
  tag,
  roles: LEADING,
  body: z
    .object({
      version: z.string().regex(/^[\w.-]{1,60}$/),
      validFrom: civilDate,
      validTo: civilDate.optional(),
      body: creditPolicyBody,
    })
    .refine(endsAfterItBegins, ENDS_BEFORE),
  answer: accepted,
  status: 201,
  handle: async (context, { body }) => {
    requireWholeCompany(context);
    try {
      await publishCreditPolicy(context.intake, {
        version: body.version,
        validFrom: civilDateOf(body.validFrom),
        ...(body.validTo === undefined ? {} : { validTo: civilDateOf(body.validTo) }),
        body: body.body,
        by: context.caller.personId,
      });
    } catch (error) {
      if (!(error instanceof UnsoundPolicy)) throw error;
      throw new Problem(422, 'not-permitted', { reasons: error.reasons });
    }
    return ACCEPTED;
  },
});

const basisRoute = route({
  method: 'post',
  path: '/credit/bases',
  operationId: 'recordBasis',
  summary: {
    zh: '登记法律依据（须第二人签署后生效）',
    en: 'A ground in law for what the law does not give of itself (L1); holds once a second person has signed',
  },
  tag,
  roles: [...CREDIT, 'company-head'],
  body: z
    .object({
      basisId: z.string().regex(/^[\w.-]{1,60}$/),
      measure: z.enum(MEASURES_WITHOUT_BASIS),
      document: words.min(4),
      article: z.string().trim().min(1).max(200),
      validFrom: civilDate,
      validTo: civilDate.optional(),
    })
    .refine(endsAfterItBegins, ENDS_BEFORE),
  answer: accepted,
  status: 201,
  handle: async (context, { body }) => {
    requireWholeCompany(context);
    const { validFrom, validTo, ...basis } = body;
    await recordBasis(context.intake, {
      ...basis,
      validFrom: civilDateOf(validFrom),
      ...(validTo === undefined ? {} : { validTo: civilDateOf(validTo) }),
      by: context.caller.personId,
    });
    return ACCEPTED;
  },
});

const decideBasisRoute = route({
  method: 'post',
  path: '/credit/bases/:basisId/decision',
  operationId: 'decideBasis',
  summary: { zh: '签署或撤销法律依据', en: 'Sign a basis, or take it back; then what rested on it is off' },
  tag,
  roles: LEADING,
  params: z.object({ basisId: id }),
  body: z.object({ decision: z.enum(['sign', 'revoke']) }),
  answer: accepted,
  handle: async (context, { params: { basisId }, body }) => {
    requireWholeCompany(context);
    await decideBasis(context.intake, { basisId, ...body, by: context.caller.personId });
    return ACCEPTED;
  },
});

const proposeRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/adjustments',
  operationId: 'proposeAdjustment',
  summary: { zh: '提出评分定性调整', en: 'Propose to move a score, with a reason (K5.2)' },
  tag,
  roles: CREDIT,
  params: z.object({ accountNo: id }),
  body: z.object({
    points: z
      .int()
      .min(-100)
      .max(100)
      .refine((points) => points !== 0, { message: 'nothing would change' }),
    reason: words,
  }),
  answer: z.object({ adjustmentId: z.string() }),
  status: 201,
  handle: (context, { params: { accountNo }, body }) =>
    proposeAdjustment(context.intake, { accountNo, ...body, by: context.caller.personId }),
});

const decideRoute = route({
  method: 'post',
  path: '/credit/adjustments/:adjustmentId/decision',
  operationId: 'decideAdjustment',
  summary: { zh: '复核评分调整（四眼）', en: 'A second person accepts or refuses an adjustment' },
  tag,
  roles: [...CREDIT, 'company-head'],
  params: z.object({ adjustmentId: id }),
  body: z.object({ decision: z.enum(['accept', 'refuse']) }),
  answer: accepted,
  handle: async (context, { params: { adjustmentId }, body }) => {
    await decideAdjustment(context.intake, { adjustmentId, ...body, by: context.caller.personId });
    return ACCEPTED;
  },
});

export const creditPolicyRoutes = [
  getRoute,
  publishRoute,
  basisRoute,
  decideBasisRoute,
  proposeRoute,
  decideRoute,
];
