import { z } from 'zod';
import { recordService } from '../../intake/service/record-service.ts';
import { commandId } from '../http/command-id.ts';
import { DESK } from '../http/caller.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { say } from '../http/say.ts';
import { proofsAreStored } from '../proofs.ts';
import { id, instant, reason, sha256, words } from '../schemas.ts';

const tag = 'notices';
const noticeParams = z.object({ noticeId: id });

interface NoticeRow {
  noticeId: string;
  kind: string;
  status: string;
  sumFen: number;
  lastPaymentOn: string | null;
  stopAt: string | null;
  textEnc: Buffer;
}

const getRoute = route({
  method: 'get',
  path: '/notices/:noticeId',
  operationId: 'getNotice',
  summary: { zh: '通知书全文', en: 'A notice as written' },
  tag,
  roles: DESK,
  params: noticeParams,
  answer: z.object({
    noticeId: z.string(),
    kind: z.string(),
    status: z.string(),
    sumFen: z.int(),
    lastPaymentOn: z.string().nullable(),
    stopAt: z.string().nullable(),
    text: z.object({ zh: z.string(), en: z.string() }),
  }),
  handle: (context, { params }) =>
    context.read(async (tx) => {
      const row = found(
        await tx.row<NoticeRow>(
          `select notice_id as "noticeId", kind, status, sum_fen as "sumFen", last_payment_on as "lastPaymentOn",
                  stop_at as "stopAt", text_enc as "textEnc" from notices where notice_id = $1`,
          [params.noticeId],
        ),
        'notice',
      );
      const { textEnc, ...notice } = row;
      const { zh, en } = context.deps.vault.openJson<{ zh: string; en: string }>(textEnc);
      return { ...notice, text: { zh, en } };
    }),
});

const serveRoute = route({
  method: 'post',
  path: '/notices/:noticeId/services',
  operationId: 'recordService',
  summary: { zh: '登记送达', en: 'Record the service of a notice, or a refusal' },
  tag,
  roles: ['reader', 'centre', 'team-leader'],
  params: noticeParams,
  body: z.object({
    method: z.enum(['signature', 'photo', 'refusal', 'letter', 'not-served']),
    occurredAt: instant.optional(),
    meterNo: z.string().max(60).optional(),
    proofs: z.array(sha256).max(20).default([]),
    witness: words.optional(),
    circumstances: words.optional(),
    claimsPaid: z.boolean().default(false),
    receipt: z.enum(['accepted', 'delivered', 'failed']).optional(),
  }),
  answer: z.object({
    serviceId: z.string(),
    counts: z.boolean().meta({ description: 'whether it is service in the sense of the law' }),
    reasons: z.array(reason),
    stopAt: z.string().optional().meta({ description: 'the stop as fixed by this service' }),
    stopUntil: z.string().optional(),
  }),
  status: 201,
  handle: async (context, { params, body }) => {
    await proofsAreStored(context, body.proofs);
    const { occurredAt, meterNo, witness, circumstances, receipt, ...fact } = body;
    const answer = await recordService(context.intake, {
      ...fact,
      noticeId: params.noticeId,
      ...{ by: context.caller.personId, factId: commandId(context) },
      ...(occurredAt === undefined ? {} : { occurredAt }),
      ...(meterNo === undefined ? {} : { meterNo }),
      ...(witness === undefined ? {} : { witness }),
      ...(circumstances === undefined ? {} : { circumstances }),
      ...(receipt === undefined ? {} : { receipt }),
    });
    return { ...answer, reasons: say(answer.reasons, context.lang) };
  },
});

const proofRoute = route({
  method: 'post',
  path: '/proofs',
  operationId: 'uploadProof',
  summary: { zh: '上传证据文件', en: 'Upload a proof file; answers its hash' },
  tag,
  roles: ['reader', 'centre', 'crew', 'team-leader', 'clerk-95598'],
  rawBody: 'application/octet-stream',
  answer: z.object({ sha256 }),
  status: 201,
  handle: async (context, { body }) => {
    const bytes = body as unknown as Uint8Array;
    return { sha256: await context.deps.systems.blobs.put(bytes, 'application/octet-stream') };
  },
});

export const noticeRoutes = [getRoute, serveRoute, proofRoute];
