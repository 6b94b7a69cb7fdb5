import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ShownReason } from '../../shared/api/problem.ts';

/** What may be done outside; each is one POST of the API. */
export type ActKind =
  | 'serve'
  | 'told'
  | 'identify'
  | 'protection'
  | 'execution'
  | 'not-done'
  | 'stand-down'
  | 'safety'
  | 'restored';

export interface Picture {
  readonly type: string;
  readonly bytes: ArrayBuffer;
}

/** The stop as a service fixes it, as far as the device knew when it was given. */
export interface FixedStop {
  readonly stopAt: string;
  readonly stopUntil: string;
  readonly lastPaymentOn: string;
}

/** Why an act is not with the office. */
export interface ActProblem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly whatNow: string;
  readonly reasons: readonly ShownReason[];
  readonly at: string;
}

/** One act of a person as the device keeps it until the office has it. */
export interface Act {
  /** Also its Idempotency-Key, the same for every try. */
  readonly id: string;
  readonly personId: string;
  readonly kind: ActKind;
  /** What it is about: the notice, ticket or stop, and the words to show. */
  readonly about: {
    readonly ref: string;
    readonly accountNo: string;
    readonly customerName: string;
    readonly address: string;
  };
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly pictures: readonly Picture[];
  /** Hashes of the pictures that have arrived, in their order. */
  readonly stored: readonly string[];
  /** When it was done, case time. */
  readonly happenedAt: string;
  /** When it was put on this device. */
  readonly madeAt: string;
  readonly state: 'waiting' | 'sent' | 'refused';
  readonly fixes?: FixedStop;
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly problem?: ActProblem;
}

/** Something read from the API, kept for when there is no network. */
export interface Kept<T = unknown> {
  readonly key: string;
  readonly personId: string;
  readonly value: T;
  /** Device time at which it was asked for, epoch ms: with the case time in it, what the clock of a case is. */
  readonly startedAtMs: number;
}

interface Schema extends DBSchema {
  acts: { key: string; value: Act; indexes: { person: string } };
  kept: { key: string; value: Kept; indexes: { person: string } };
}

/** Under which a crew keeps what it has in hand; no name stands in it. */
export const IN_HAND = 'in-hand';
const SENT_KEPT_MS = 3 * 86_400_000;
let opened: Promise<IDBPDatabase<Schema>> | undefined;

const open = (): Promise<IDBPDatabase<Schema>> =>
  (opened ??= openDB<Schema>('fudian-field', 1, {
    upgrade(db) {
      db.createObjectStore('acts', { keyPath: 'id' }).createIndex('person', 'personId');
      db.createObjectStore('kept', { keyPath: 'key' }).createIndex('person', 'personId');
    },
  }));

/** Acts of this person, oldest first; what was sent days ago is forgotten. */
export async function readActs(personId: string): Promise<Act[]> {
  const db = await open();
  const all = await db.getAllFromIndex('acts', 'person', personId);
  const old = all.filter(
    ({ state, madeAt }) => state === 'sent' && Date.now() - Date.parse(madeAt) > SENT_KEPT_MS,
  );
  for (const { id } of old) await db.delete('acts', id);
  return all
    .filter((act) => !old.includes(act))
    .toSorted((a, b) => (a.madeAt < b.madeAt ? -1 : a.madeAt > b.madeAt ? 1 : 0));
}

export const putAct = async (act: Act): Promise<void> => void (await (await open()).put('acts', act));
export const readAct = async (id: string): Promise<Act | undefined> => (await open()).get('acts', id);
export const dropAct = async (id: string): Promise<void> => (await open()).delete('acts', id);

const keyOf = (personId: string, key: string): string => `${personId} ${key}`;

export async function keep(
  personId: string,
  key: string,
  value: unknown,
  startedAtMs: number,
): Promise<void> {
  await (await open()).put('kept', { key: keyOf(personId, key), personId, value, startedAtMs });
}

export async function readKept<T>(personId: string, key: string): Promise<Kept<T> | null> {
  return ((await (await open()).get('kept', keyOf(personId, key))) as Kept<T> | undefined) ?? null;
}

/** Takes names and addresses off the device; acts that wait, and what was done and not recorded yet, stay. */
export async function forgetKept(personId: string): Promise<void> {
  const db = await open();
  const stays = keyOf(personId, IN_HAND);
  for (const key of await db.getAllKeysFromIndex('kept', 'person', personId))
    if (key !== stays) await db.delete('kept', key);
}
