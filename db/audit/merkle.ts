import { createHash } from 'node:crypto';

const sha256 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Leaves and knots are hashed apart, so that neither can pass for the other (RFC 6962). */
const LEAF = Uint8Array.of(0);
const KNOT = Uint8Array.of(1);

/** The root of a hash tree over texts that come one after the other; a tree of any size needs a few dozen hashes of memory. */
export class MerkleRoot {
  // One root for each full tree of 2^i leaves, as the ones of a binary counter.
  readonly #full: (Buffer | undefined)[] = [];

  add(leaf: string): void {
    let hash = sha256(LEAF, leaf);
    for (let level = 0; ; level += 1) {
      const left = this.#full[level];
      if (left === undefined) {
        this.#full[level] = hash;
        return;
      }
      hash = sha256(KNOT, left, hash);
      this.#full[level] = undefined;
    }
  }

  /** Lower-case hex; of nothing at all the hash of nothing. */
  root(): string {
    let hash: Buffer | undefined;
    for (const left of this.#full)
      if (left !== undefined) hash = hash === undefined ? left : sha256(KNOT, left, hash);
    return (hash ?? sha256()).toString('hex');
  }
}
