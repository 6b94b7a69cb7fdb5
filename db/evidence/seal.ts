import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';

import type { Key } from '../keys/key-ring.ts';
import type { Vault } from '../keys/vault.ts';

/** DER around the 32 bytes of an Ed25519 private key (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_BYTES = 32;

/** The company's sealing key, derived from a hash key: nothing more to keep, and nothing of it can be told from a seal. */
function sealingKey(secret: Buffer): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'fudian evidence seal', KEY_BYTES));
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}

/** The key that seals now. */
export const sealingKeyOf = (vault: Pick<Vault, 'keys'>): KeyObject =>
  sealingKey((vault.keys.current().hash[0] as Key).secret);

/** The public keys of this installation, newest first: files sealed before a rotation are of an earlier one. */
export const publicKeysOf = (vault: Pick<Vault, 'keys'>): string[] =>
  vault.keys.current().hash.map(({ secret }) => publicKeyOf(sealingKey(secret)));

/** Public half, base64 of its DER form; publish it where others can find it. */
export const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');

/** Seals the root hash of a file. */
export const sealRoot = (key: KeyObject, root: string): { publicKey: string; signature: string } => ({
  publicKey: publicKeyOf(key),
  signature: sign(null, Buffer.from(root, 'utf8'), key).toString('base64'),
});

/** Base64 says the same bytes in several ways; only the usual one counts, so that no letter of it can change unseen. */
export function bytesOf(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
}

/** Whether the seal belongs to this root; bytes that are no key are no seal. */
export function isSealed(root: string, seal: { publicKey: string; signature: string }): boolean {
  try {
    const [publicKey, signature] = [bytesOf(seal.publicKey), bytesOf(seal.signature)];
    if (publicKey === undefined || signature === undefined) return false;
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(root, 'utf8'), key, signature);
  } catch {
    return false;
  }
}
