import { assembleEvidence } from '../db/evidence/assemble-evidence.ts';
import { collectEvidence, proofsOf, readStopHead } from '../db/evidence/collect-evidence.ts';
import type { EvidenceFile } from '../db/evidence/format.ts';
import { sealingKeyOf } from '../db/evidence/seal.ts';
import { found } from './http/problem.ts';
import type { Context } from './http/route.ts';

/** A proof that is not in the store is left out: the file says so when it is verified, and proves all the rest. */
async function filesOf(context: Context, hashes: readonly string[]): Promise<EvidenceFile['files']> {
  const files: EvidenceFile['files'] = [];
  for (const sha256 of [...hashes].sort()) {
    if (!(await context.deps.systems.blobs.has(sha256))) continue;
    const { bytes, contentType } = await context.deps.systems.blobs.get(sha256);
    files.push({ sha256, contentType, base64: Buffer.from(bytes).toString('base64') });
  }
  return files;
}

/** All that proves one stop as of now, sealed. @throws Problem 404 `not-found` */
export async function evidenceOf(context: Context, stopId: string): Promise<EvidenceFile> {
  const { deps, caller } = context;
  const { stop, parts, madeAt } = await context.read(async (tx) => {
    const head = found(await readStopHead(tx, stopId), 'stop');
    const now = await tx.row<{ now: string }>(`select clock_timestamp() as now`);
    return { stop: head, parts: await collectEvidence(tx, deps.vault, head), madeAt: now?.now ?? '' };
  });
  const files = await filesOf(context, proofsOf(parts));
  const key = sealingKeyOf(deps.vault);
  const made = { stop, parts, files, madeAt: new Date(madeAt).toISOString(), madeBy: caller.personId, key };
  return assembleEvidence(made);
}
