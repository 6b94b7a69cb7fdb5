import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { Key } from './key-ring.ts';

/**
 * Form of a sealed value: version, length of the key's id, the id, 12 bytes of nonce, 16 of tag, then the text.
 * `db/keys/reseal.ts` finds in SQL under which key a column lies.
 */
const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

/** Random bytes are drawn for many values at once; none is used twice. */
function nonces(): () => Buffer {
  let [drawn, at] = [Buffer.alloc(0), 0];
  return () => {
    if (at === drawn.length) [drawn, at] = [randomFillSync(Buffer.allocUnsafeSlow(NONCE * 512)), 0];
    at += NONCE;
    return drawn.subarray(at - NONCE, at);
  };
}
const nextNonce = nonces();

/** AES-256-GCM under one key. */
export function sealWith(key: Key, text: string): Buffer {
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', key.ready, nonce, { authTagLength: TAG });
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const id = Buffer.from(key.id, 'utf8');
  return Buffer.concat([Buffer.from([FORMAT, id.length]), id, nonce, cipher.getAuthTag(), body]);
}

/** Which key opens it. @throws Error for bytes that are none of ours */
export function keyIdOf(sealed: Buffer): string {
  if (sealed[0] !== FORMAT) throw new Error('sealed column: unknown format');
  return sealed.subarray(2, 2 + (sealed[1] ?? 0)).toString('utf8');
}

/** @throws Error when the bytes were changed */
export function openWith(key: Key, sealed: Buffer): string {
  const at = 2 + (sealed[1] ?? 0);
  const cipher = createDecipheriv('aes-256-gcm', key.ready, sealed.subarray(at, at + NONCE), {
    authTagLength: TAG,
  });
  cipher.setAuthTag(sealed.subarray(at + NONCE, at + NONCE + TAG));
  return Buffer.concat([cipher.update(sealed.subarray(at + NONCE + TAG)), cipher.final()]).toString('utf8');
}
