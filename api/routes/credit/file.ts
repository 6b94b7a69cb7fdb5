import { z } from 'zod';
import { readCreditPolicy } from '../../../db/credit/read-credit-policy.ts';
import {
  readCreditFile,
  readGradeLines,
  readStanding,
  wordedThen,
} from '../../../db/credit/read-credit-file.ts';
import type { Tx } from '../../../db/database.ts';
import { findAccount } from '../../../db/reads/find-account.ts';
import { deskNowMs } from '../../../intake/desk/keep-desk-record.ts';
import { addDocument, mergeAccounts } from '../../../intake/credit/add-document.ts';
import { addRecord, annulRecord } from '../../../intake/credit/add-record.ts';
import { setIdentity } from '../../../intake/credit/set-identity.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { RECORD_KINDS, RECORD_OUTCOMES } from '../../../rules/credit/record-faults.ts';
import { DESK, type Role } from '../../http/caller.ts';
import { found, notFound } from '../../http/problem.ts';
import { route, type Context } from '../../http/route.ts';
import { creditFile, creditStanding, gradeLine } from '../../shapes/credit-file.ts';
import { ACCEPTED, accepted, civilDate, given, id, instant, sha256, words } from '../../schemas.ts';

const tag = 'credit';
const params = z.object({ accountNo: id });
/** Who keeps the file. */
export const CREDIT: readonly Role[] = ['credit-officer', 'marketing-manager'];
/** Who brings in what happened on site or elsewhere. */
const FIELD: readonly Role[] = [...CREDIT, 'crew', 'reader', 'centre', 'team-leader', 'station-head'];
export const SEE: readonly Role[] = [...DESK, 'credit-officer', 'customer'];

/** An account of the scope; a customer sees only what is theirs. */
export async function accountOf(context: Context, tx: Tx, accountNo: string) {
  const account = found(await findAccount(tx, accountNo), 'account');
  const { roles, personId } = context.caller;
  if (!roles.includes('customer') || roles.length > 1) return account;
  const own = await tx.row('select 1 from accounts where account_id = $1 and debtor_id = $2', [
    account.accountId,
    personId,
  ]);
  if (own === undefined) throw notFound('account');
  return account;
}

const fileRoute = route({
  method: 'get',
  path: '/accounts/:accountNo/credit',
  operationId: 'getCreditFile',
  summary: {
    zh: '信用档案（用户可查全部内容）',
    en: 'The whole credit file, as the customer may read it: identity, records, grades with their reasons, what follows from them',
  },
  tag,
  roles: SEE,
  params,
  answer: creditFile,
  handle: (context, { params: { accountNo } }) =>
    context.read(async (tx) => {
      const account = await accountOf(context, tx, accountNo);
      const policy = await readCreditPolicy(tx, context.scope.companyId, civilDateAt(await deskNowMs(tx)));
      return readCreditFile(tx, context.deps.vault, { ...account, policy });
    }),
});

const gradesRoute = route({
  method: 'get',
  path: '/accounts/:accountNo/credit/grades',
  operationId: 'listGrades',
  summary: {
    zh: '历月信用等级（可按当时所知查询）',
    en: 'Grades by month with reason and facts; with `knownAt` as they were known then',
  },
  tag,
  roles: SEE,
  params,
  query: z.object({ knownAt: instant.optional() }),
  answer: z.object({ standing: creditStanding.nullable(), items: z.array(gradeLine) }),
  handle: (context, { params: { accountNo }, query }) =>
    context.read(async (tx) => {
      const { accountId } = await accountOf(context, tx, accountNo);
      const lines = await readGradeLines(tx, { accountId, knownAt: query.knownAt ?? null, limit: 60 });
      const items = await wordedThen(tx, context.scope.companyId, lines);
      return { standing: (await readStanding(tx, accountId)) ?? null, items };
    }),
});

const identityRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/identity',
  operationId: 'setCreditIdentity',
  summary: {
    zh: '登记或变更信用主体身份（统一社会信用代码校验）',
    en: 'Who the customer is; a unified social credit code is checked by its check letter',
  },
  tag,
  roles: CREDIT,
  params,
  body: z.object({
    partyKind: z.enum(['person', 'firm']).nullable(),
    verified: z.boolean(),
    identity: z.object({
      legalName: words,
      socialCreditCode: z.string().trim().min(18).max(30).optional(),
      idDocument: words.optional(),
      representative: words.optional(),
      registeredAddress: words.optional(),
      industry: words.optional(),
      scale: words.optional(),
      classification: words.optional(),
      note: words.optional(),
    }),
    source: z.enum(['own', 'authority', 'customer']),
    reason: words,
  }),
  answer: z.object({ version: z.int() }),
  status: 201,
  handle: (context, { params: { accountNo }, body }) =>
    setIdentity(context.intake, {
      ...body,
      identity: given(body.identity),
      accountNo,
      by: context.caller.personId,
    }),
});

const recordRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/records',
  operationId: 'addCreditRecord',
  summary: {
    zh: '登记窃电、违约、检查、合作及外部记录（立即重评）',
    en: 'Theft, violation, inspection, co-operation or an outside record; the customer is judged anew at once',
  },
  tag,
  roles: FIELD,
  params,
  body: z.object({
    kind: z.enum(RECORD_KINDS),
    occurredOn: civilDate,
    outcome: z.enum(RECORD_OUTCOMES).optional(),
    decisionNo: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'without it a theft or violation is kept and does not count' }),
    description: words,
    source: z.enum(['own', 'authority', 'customer']),
    sourceName: z.string().trim().min(1).max(100),
    sourceRef: z.string().trim().min(1).max(100),
    legalBasis: words.optional(),
    replaces: id.optional(),
  }),
  answer: z.object({
    recordId: z.string(),
    counts: z.boolean(),
    queued: z.int().meta({ description: 'harmful moves that now wait for a person' }),
  }),
  status: 201,
  handle: (context, { params: { accountNo }, body }) =>
    addRecord(context.intake, { ...given(body), accountNo, by: context.caller.personId }),
});

const annulRoute = route({
  method: 'post',
  path: '/credit/records/:recordId/annulment',
  operationId: 'annulCreditRecord',
  summary: {
    zh: '撤销记录（四眼）',
    en: 'A record that was wrong counts no more; not by whoever entered it',
  },
  tag,
  roles: CREDIT,
  params: z.object({ recordId: id }),
  body: z.object({
    cause: z.enum(['mistake', 'objection-upheld', 'wrongful-stop', 'decision-withdrawn']),
    reason: words,
  }),
  answer: accepted,
  handle: async (context, { params: { recordId }, body }) => {
    await annulRecord(context.intake, { ...body, recordId, by: context.caller.personId });
    return ACCEPTED;
  },
});

const documentRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/documents',
  operationId: 'addCreditDocument',
  summary: { zh: '归入档案材料', en: 'A paper of the file; upload its bytes as a proof first' },
  tag,
  roles: FIELD,
  params,
  body: z.object({
    kind: z.string().trim().min(1).max(60),
    sha256,
    note: words,
    handedInBy: z.enum(['customer', 'authority', 'staff']),
  }),
  answer: z.object({ documentId: z.string() }),
  status: 201,
  handle: (context, { params: { accountNo }, body }) =>
    addDocument(context.intake, { ...body, accountNo, by: context.caller.personId }),
});

const mergeRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/credit/merge',
  operationId: 'mergeAccounts',
  summary: {
    zh: '并户：两户记录合并评定',
    en: 'This account is the same customer as another: both records count for the other',
  },
  tag,
  roles: ['credit-officer', 'centre'],
  params,
  body: z.object({ intoAccountNo: id, reason: words }),
  answer: accepted,
  handle: async (context, { params: { accountNo }, body }) => {
    await mergeAccounts(context.intake, { fromAccountNo: accountNo, ...body, by: context.caller.personId });
    return ACCEPTED;
  },
});

export const creditFileRoutes = [
  fileRoute,
  gradesRoute,
  identityRoute,
  recordRoute,
  annulRoute,
  documentRoute,
  mergeRoute,
];
