import { z } from 'zod';
import { assembleEvidence } from '../../db/evidence/assemble-evidence.ts';
import { collectEvidence, proofsOf, readStopHead } from '../../db/evidence/collect-evidence.ts';
import { canonical, type EvidenceFile } from '../../db/evidence/format.ts';
import { publicKeyOf, sealingKey } from '../../db/evidence/seal.ts';
import { LEADERS, STAFF } from '../http/caller.ts';
import { found } from '../http/problem.ts';
import { route, type Context } from '../http/route.ts';
import { id } from '../schemas.ts';

const tag = 'evidence';

async function filesOf(context: Context, hashes: readonly string[]): Promise<EvidenceFile['files']> {
  const files: EvidenceFile['files'] = [];
  for (const sha256 of [...hashes].sort()) {
    const { bytes, contentType } = await context.deps.systems.blobs.get(sha256);
    files.push({ sha256, contentType, base64: Buffer.from(bytes).toString('base64') });
  }
  return files;
}

const fileRoute = route({
  method: 'get',
  path: '/stops/:stopId/evidence',
  operationId: 'getEvidence',
  summary: {
    zh: '一次停电的全部证据（可校验）',
    en: 'All that proves one stop, sealed; `fudian evidence verify` detects any changed byte',
  },
  tag,
  roles: [...LEADERS, 'auditor'],
  params: z.object({ stopId: id }),
  answer: z.string(),
  answerType: 'application/json',
  handle: async (context, { params }) => {
    const { deps, caller } = context;
    const { stop, parts, madeAt } = await context.read(async (tx) => {
      const head = found(await readStopHead(tx, params.stopId), 'stop');
      const now = await tx.row<{ now: string }>(`select clock_timestamp() as now`);
      return { stop: head, parts: await collectEvidence(tx, deps.vault, head), madeAt: now?.now ?? '' };
    });
    const files = await filesOf(context, proofsOf(parts));
    const key = sealingKey(deps.settings.HASH_KEY);
    const made = { stop, parts, files, madeAt: new Date(madeAt).toISOString(), madeBy: caller.personId, key };
    return canonical(assembleEvidence(made));
  },
});

const keyRoute = route({
  method: 'get',
  path: '/evidence-key',
  operationId: 'getEvidenceKey',
  summary: { zh: '证据签名公钥', en: 'The public key under which evidence files are sealed' },
  tag,
  roles: STAFF,
  answer: z.object({ algorithm: z.literal('Ed25519'), publicKey: z.string() }),
  handle: ({ deps }) =>
    Promise.resolve({
      algorithm: 'Ed25519' as const,
      publicKey: publicKeyOf(sealingKey(deps.settings.HASH_KEY)),
    }),
});

export const evidenceRoutes = [fileRoute, keyRoute];
