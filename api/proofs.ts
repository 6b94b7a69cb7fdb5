import { IntakeRefused } from '../intake/deps.ts';
import type { Context } from './http/route.ts';

/** A hash alone proves nothing: what is offered as proof has to lie in the store. @throws IntakeRefused `proof-missing` (422) */
export async function proofsAreStored(context: Context, proofs: readonly string[]): Promise<void> {
  for (const sha256 of proofs)
    if (!(await context.deps.systems.blobs.has(sha256)))
      throw new IntakeRefused('proof-missing', 422, { sha256 });
}
