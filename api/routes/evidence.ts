import { z } from 'zod';
import { canonical } from '../../db/evidence/format.ts';
import { publicKeysOf } from '../../db/evidence/seal.ts';
import { LEADERS, STAFF } from '../http/caller.ts';
import { evidenceOf } from '../evidence.ts';
import { route } from '../http/route.ts';
import { id } from '../schemas.ts';

const tag = 'evidence';

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
  answer: z.string().meta({ override: { type: 'object', description: 'the file, in its canonical bytes' } }),
  answerType: 'application/json',
  handle: async (context, { params }) => canonical(await evidenceOf(context, params.stopId)),
});

const keyRoute = route({
  method: 'get',
  path: '/evidence-key',
  operationId: 'getEvidenceKey',
  summary: { zh: '证据签名公钥', en: 'The public key under which evidence files are sealed' },
  tag,
  roles: STAFF,
  answer: z.object({
    algorithm: z.literal('Ed25519'),
    publicKey: z.string(),
    earlier: z
      .array(z.string())
      .meta({ description: 'keys that sealed before; older ones stand in the anchors' }),
  }),
  handle: ({ deps }) => {
    const [publicKey = '', ...earlier] = publicKeysOf(deps.vault);
    return Promise.resolve({ algorithm: 'Ed25519' as const, publicKey, earlier });
  },
});

export const evidenceRoutes = [fileRoute, keyRoute];
