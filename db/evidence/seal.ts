import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';

/** DER around the 32 bytes of an Ed25519 private key (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_BYTES = 32;

/** The company's sealing key, derived from `HASH_KEY`: nothing more to keep, and nothing of it can be told from a seal. */
export function sealingKey(hashKeyBase64: string): KeyObject {
  const secret = Buffer.from(hashKeyBase64, 'base64');
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'fudian evidence seal', KEY_BYTES));
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}

/** Public half, base64 of its DER form; publish it where others can find it. */
export const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');

/** Seals the root hash of a file. */
export const sealRoot = (key: KeyObject, root: string): { publicKey: string; signature: string } => ({
  publicKey: publicKeyOf(key),
  signature: sign(null, Buffer.from(root, 'utf8'), key).toString('base64'),
});

/** Whether the seal belongs to this root; bytes that are no key are no seal. */
export function isSealed(root: string, seal: { publicKey: string; signature: string }): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(seal.publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(root, 'utf8'), key, Buffer.from(seal.signature, 'base64'));
  } catch {
    return false;
  }
}
