import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** One secret of 32 bytes under its name. */
export interface Key {
  readonly id: string;
  readonly secret: Buffer;
  /** Made ready once: from raw bytes at every use, sealing took five times as long (15 against 3 µs). */
  readonly ready: KeyObject;
}

/** The keys of an installation; each list newest first: the first seals, all of them open. */
export interface KeyRing {
  /** Columns. */
  readonly data: readonly Key[];
  /** Search hashes. */
  readonly hash: readonly Key[];
  /** What the engine stores. */
  readonly payload: readonly Key[];
  /** Opaque ids; never changes, or every account would get another one. */
  readonly id: Key;
}

/** Keys as the settings, or the file `KEYS_FILE`, write them. */
export interface KeyTexts {
  /** `id:base64(32 bytes)` joined by commas, newest first. */
  readonly dataKeys: string;
  /** The same; one key may stand without its id. */
  readonly hashKey: string;
  /** base64(32 bytes); the oldest hash key where it is left out. */
  readonly idKey?: string | undefined;
  /** As `dataKeys`, which also serve here where it is left out. */
  readonly payloadKeys?: string | undefined;
}

/** Where the keys come from; they may change while the process runs. */
export interface KeySource {
  current(): KeyRing;
  /** Looks again now: somebody sealed with a key that is not known here yet. */
  reread(): KeyRing;
}

const KEY_BYTES = 32;

function keyOf(name: string, id: string, base64: string): Key {
  const secret = Buffer.from(base64, 'base64');
  if (!/^[\w.-]{1,40}$/.test(id) || secret.length !== KEY_BYTES)
    throw new Error(`${name}: each entry is id:base64 of ${KEY_BYTES} bytes`);
  return { id, secret, ready: createSecretKey(secret) };
}

function listOf(name: string, text: string, nameless?: string): Key[] {
  const keys = text.split(',').map((entry) => {
    const [id = '', base64] = entry.trim().split(':');
    return base64 === undefined && nameless !== undefined
      ? keyOf(name, nameless, id)
      : keyOf(name, id, base64 ?? '');
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error(`${name}: an id stands twice`);
  return keys;
}

/** Reads the keys. @throws Error naming the setting that is wrong, never its value */
export function parseKeys(texts: KeyTexts): KeyRing {
  const data = listOf('DATA_KEYS', texts.dataKeys);
  const hash = listOf('HASH_KEY', texts.hashKey, 'h1');
  const oldest = hash.at(-1) as Key;
  return {
    ...{ data, hash },
    payload: texts.payloadKeys === undefined ? data : listOf('PAYLOAD_KEYS', texts.payloadKeys),
    id: texts.idKey === undefined ? oldest : keyOf('ID_KEY', 'id', texts.idKey),
  };
}

/** Keys that stay as they are for the life of the process. */
export function fixedKeys(texts: KeyTexts): KeySource {
  const ring = parseKeys(texts);
  return { current: () => ring, reread: () => ring };
}

const LOOK_EVERY_MS = 1_000;

/** The key file as it stands. @throws Error when it is no key file */
export function readKeyFile(file: string): KeyTexts {
  const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeyTexts>;
  if (typeof found.dataKeys !== 'string' || typeof found.hashKey !== 'string')
    throw new Error(`KEYS_FILE: ${file} has no dataKeys and hashKey`);
  return { ...found, dataKeys: found.dataKeys, hashKey: found.hashKey };
}

/** Keys of a file that may be rewritten at any time; a running process sees it within a second, and at once where it must. */
export function fileKeys(file: string): KeySource {
  let [seen, lookedAtMs] = ['', -Infinity];
  let ring: KeyRing | undefined;
  const look = (): KeyRing => {
    lookedAtMs = performance.now();
    const { mtimeMs, size, ino } = statSync(file);
    const now = createHash('sha256').update(`${mtimeMs} ${size} ${ino}`).digest('hex');
    if (ring === undefined || now !== seen) ring = parseKeys(readKeyFile(file));
    seen = now;
    return ring;
  };
  return {
    current: () => (ring === undefined || performance.now() - lookedAtMs > LOOK_EVERY_MS ? look() : ring),
    reread: look,
  };
}

/** The settings that hold keys. */
export interface KeySettings {
  readonly KEYS_FILE?: string | undefined;
  readonly DATA_KEYS?: string | undefined;
  readonly HASH_KEY?: string | undefined;
  readonly ID_KEY?: string | undefined;
  readonly PAYLOAD_KEYS?: string | undefined;
}

const isSet = (text: string | undefined): text is string => text !== undefined && text !== '';

/** Keys from the file where one is named, else from the settings themselves. */
export function keysOf(settings: KeySettings): KeySource {
  if (isSet(settings.KEYS_FILE)) return fileKeys(settings.KEYS_FILE);
  return fixedKeys({
    dataKeys: settings.DATA_KEYS ?? '',
    hashKey: settings.HASH_KEY ?? '',
    ...(isSet(settings.ID_KEY) && { idKey: settings.ID_KEY }),
    ...(isSet(settings.PAYLOAD_KEYS) && { payloadKeys: settings.PAYLOAD_KEYS }),
  });
}
