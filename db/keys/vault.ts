import { createHmac } from 'node:crypto';
import { fixedKeys, keysOf, type Key, type KeySettings, type KeySource } from './key-ring.ts';
import { keyIdOf, openWith, sealWith } from './sealed.ts';

/** Seals personal data for a column and opens it again; hashes values so that they can be found without being read (K4.3). */
export interface Vault {
  seal(text: string): Buffer;
  /** @throws Error when the key is unknown or the bytes were changed */
  open(sealed: Buffer): string;
  sealJson(value: unknown): Buffer;
  openJson<T>(sealed: Buffer): T;
  /** Keyed hash of a number-like value (phone): spaces, dashes and +86 do not matter. */
  hashExact(text: string): Buffer;
  /** The same under the key that never changes, for books that never change. */
  hashFixed(text: string): Buffer;
  /** Keyed hashes of every pair of neighbouring characters of a name or address. */
  hashBigrams(text: string): Buffer[];
  /** `hashExact` under every key that a row may still be hashed with, newest first: what a search asks for. */
  findExact(text: string): Buffer[];
  /** `hashBigrams` under every such key; a row is found by the hashes of one of them. */
  findBigrams(text: string): Buffer[][];
  /** Opaque id that the same words always give: never the words themselves. */
  idOf(kind: string, ...words: string[]): string;
  readonly keys: KeySource;
}

const hmac = ({ ready }: Key, label: string, text: string): Buffer =>
  createHmac('sha256', ready).update(`${label}\u0000${text}`).digest();

const exact = (key: Key, text: string): Buffer =>
  hmac(key, 'exact', text.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, ''));

function bigrams(key: Key, text: string): Buffer[] {
  const letters = [...text.normalize('NFKC').replace(/\s/g, '')];
  const pairs =
    letters.length === 1 ? letters : letters.slice(1).map((letter, i) => `${letters[i]}${letter}`);
  return [...new Set(pairs)].map((pair) => hmac(key, 'bigram', pair).subarray(0, 8));
}

/** A hash of `hashBigrams` as the database keeps it: eight bytes as one number. */
export const wordOf = (hash: Buffer): string => hash.readBigInt64BE().toString();

const newest = (keys: readonly Key[]): Key => keys[0] as Key;

/** A vault on keys that may change while it is open. */
export function vaultOn(keys: KeySource): Vault {
  // A bad key is told at the start, not at the first name.
  keys.current();
  const open = (sealed: Buffer): string => {
    const id = keyIdOf(sealed);
    const has = (key: Key): boolean => key.id === id;
    const key = keys.current().data.find(has) ?? keys.reread().data.find(has);
    if (key === undefined) throw new Error(`sealed column: key ${id} is not in DATA_KEYS`);
    return openWith(key, sealed);
  };
  const seal = (text: string): Buffer => sealWith(newest(keys.current().data), text);
  return {
    keys,
    seal,
    open,
    sealJson: (value) => seal(JSON.stringify(value)),
    openJson: <T>(sealed: Buffer) => JSON.parse(open(sealed)) as T,
    hashExact: (text) => exact(newest(keys.current().hash), text),
    hashFixed: (text) => exact(keys.current().id, text),
    hashBigrams: (text) => bigrams(newest(keys.current().hash), text),
    findExact: (text) => keys.current().hash.map((key) => exact(key, text)),
    findBigrams: (text) => keys.current().hash.map((key) => bigrams(key, text)),
    idOf: (kind, ...words) =>
      `${kind}-${hmac(keys.current().id, kind, words.join('\u0001')).toString('hex').slice(0, 20)}`,
  };
}

/** Opens a vault on keys that do not change. `dataKeys`, `hashKey`: as in the settings. */
export const openVault = (dataKeys: string, hashKey: string): Vault =>
  vaultOn(fixedKeys({ dataKeys, hashKey }));

/** Opens the vault of an installation: the key file where one is named, else the settings. */
export const vaultOf = (settings: KeySettings): Vault => vaultOn(keysOf(settings));
