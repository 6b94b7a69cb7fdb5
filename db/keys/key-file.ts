import { createSecretKey, randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { parseKeys, readKeyFile, type Key, type KeyRing, type KeyTexts } from './key-ring.ts';

/** The lists of keys that rotate. */
export const ROTATING = ['data', 'hash', 'payload'] as const;
export type Rotating = (typeof ROTATING)[number];

const text = (keys: readonly Key[]): string =>
  keys.map(({ id, secret }) => `${id}:${secret.toString('base64')}`).join(',');

const PREFIX: Readonly<Record<Rotating, string>> = { data: 'k', hash: 'h', payload: 'p' };

function newKey(which: Rotating, keys: readonly Key[]): Key {
  const numbers = keys.map(({ id }) => Number(/\d+$/.exec(id)?.[0] ?? 0));
  const id = `${PREFIX[which]}${Math.max(0, ...numbers) + 1}`;
  const secret = randomBytes(32);
  return { id, secret, ready: createSecretKey(secret) };
}

/** Writes the file whole or not at all, readable by its owner only; what else stands in it stays. */
function write(file: string, ring: KeyRing, before: KeyTexts): void {
  const texts: KeyTexts = {
    ...before,
    dataKeys: text(ring.data),
    hashKey: text(ring.hash),
    // Spelled out from the first rotation on: what was taken from another list must not move with it.
    idKey: ring.id.secret.toString('base64'),
    payloadKeys: text(ring.payload),
  };
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify(texts, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
}

/** Puts a new key first in a list; running processes seal with it within a second. @returns its id */
export function addKey(file: string, which: Rotating): string {
  const before = readKeyFile(file);
  const ring = parseKeys(before);
  const key = newKey(which, ring[which]);
  write(file, { ...ring, [which]: [key, ...ring[which]] }, before);
  return key.id;
}

/** Takes a key out of a list. @throws Error when it is not there, or the one that seals */
export function removeKey(file: string, which: Rotating, id: string): void {
  const before = readKeyFile(file);
  const ring = parseKeys(before);
  const keys = ring[which];
  if (!keys.some((key) => key.id === id)) throw new Error(`${which}: there is no key ${id}`);
  if (keys[0]?.id === id) throw new Error(`${which}: ${id} is the key that seals; rotate first`);
  write(file, { ...ring, [which]: keys.filter((key) => key.id !== id) }, before);
}
