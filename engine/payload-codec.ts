import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Key, KeySource } from '../db/keys/key-ring.ts';

/** What a sealed payload says it is; the key's id stands beside it. */
export const SEALED_ENCODING = 'binary/fudian-sealed';
const NONCE = 12;
const TAG = 16;
const KEY_BYTES = 32;

const encode = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const wire = proto.temporal.api.common.v1.Payload;

const derived = new WeakMap<Key, KeyObject>();

/** Columns and payloads never lie under the same bytes, even where one list of keys serves both. */
function payloadKey(key: Key): KeyObject {
  const known = derived.get(key);
  if (known !== undefined) return known;
  const made = hkdfSync('sha256', key.secret, '', 'fudian temporal payload', KEY_BYTES);
  const ready = createSecretKey(Buffer.from(made));
  derived.set(key, ready);
  return ready;
}

function sealPayload(key: Key, payload: Payload): Payload {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', payloadKey(key), nonce, { authTagLength: TAG });
  const body = Buffer.concat([cipher.update(wire.encode(payload).finish()), cipher.final()]);
  return {
    metadata: { encoding: encode(SEALED_ENCODING), 'key-id': encode(key.id) },
    data: Buffer.concat([nonce, cipher.getAuthTag(), body]),
  };
}

function openPayload(key: Key, data: Uint8Array): Payload {
  const cipher = createDecipheriv('aes-256-gcm', payloadKey(key), data.subarray(0, NONCE), {
    authTagLength: TAG,
  });
  cipher.setAuthTag(data.subarray(NONCE, NONCE + TAG));
  const { metadata, data: opened } = wire.decode(
    Buffer.concat([cipher.update(data.subarray(NONCE + TAG)), cipher.final()]),
  );
  return { metadata, data: opened };
}

/**
 * Seals everything that the engine keeps (arguments, results, signals, updates, failures) with AES-256-GCM under the newest
 * payload key; old keys open what was sealed before, and what was never sealed passes as it is.
 */
export function payloadCodec(keys: KeySource): PayloadCodec {
  const open = (payload: Payload): Payload => {
    const { encoding, 'key-id': keyId } = payload.metadata ?? {};
    if (!encoding || decode(encoding) !== SEALED_ENCODING) return payload;
    const id = keyId ? decode(keyId) : '';
    const has = (key: Key): boolean => key.id === id;
    const key = keys.current().payload.find(has) ?? keys.reread().payload.find(has);
    if (key === undefined) throw new Error(`sealed payload: key ${id} is not in PAYLOAD_KEYS`);
    return openPayload(key, payload.data ?? new Uint8Array());
  };
  return {
    encode: (payloads) =>
      Promise.resolve(payloads.map((payload) => sealPayload(keys.current().payload[0] as Key, payload))),
    // eslint-disable-next-line typescript/require-await -- what does not open must reject, not throw
    decode: async (payloads) => payloads.map(open),
  };
}
