import type { Logger } from 'pino';
import type { Db, Scope } from '../../db/database.ts';
import {
  cursorOf,
  isKept,
  newestCursor,
  pruneEvents,
  readEvents,
  type StoredEvent,
} from '../../db/events/read-events.ts';
import { Problem } from '../http/problem.ts';

/** What a screen is told: something changed, or so much is unknown that it had better read everything again. */
export type Told =
  | { kind: 'ready'; cursor: string }
  | { kind: 'reset'; cursor: string }
  | { kind: 'change'; cursor: string; event: StoredEvent };

export interface LiveLimits {
  /** Streams of one process. */
  readonly streams: number;
  readonly streamsOfOnePerson: number;
}

/** Tells open screens what changes in the centres they may see. */
export interface Live {
  /**
   * Everything after the cursor, then whatever comes, until the signal aborts. Something may be told twice, nothing is left out.
   * @throws Problem 429 `too-many-streams`
   */
  follow(who: {
    scope: Scope;
    personId: string;
    after: string | undefined;
    signal: AbortSignal;
  }): AsyncIterable<Told>;
  /** What there is after the cursor now. */
  since(scope: Scope, after: string | undefined): Promise<Told[]>;
  close(): void;
}

const LOOK_EVERY_MS = 400;
const PAGE = 500;
const KEPT_HOURS = 72;
const PRUNE_EVERY_MS = 3_600_000;
/** A screen that does not read is let go; it comes back with its cursor and catches up. */
const MAX_WAITING = 2_000;
const LIMITS: LiveLimits = { streams: 400, streamsOfOnePerson: 12 };

interface Listener {
  readonly waiting: Told[];
  wake: () => void;
  isOver: boolean;
}

/** One look serves all who see the same centres. */
interface Channel {
  readonly scope: Scope;
  cursor: readonly [string, string] | undefined;
  started: Promise<void> | undefined;
  readonly told: Set<string>;
  readonly listeners: Set<Listener>;
}

const keyOf = ({ companyId, centreIds }: Scope): string =>
  `${companyId}|${centreIds === '*' ? '*' : [...centreIds].sort().join(',')}`;

export function openLive(db: Db, log: Logger, limits: LiveLimits = LIMITS): Live {
  const channels = new Map<string, Channel>();
  const people = new Map<string, number>();
  let streams = 0;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let prunedAtMs = 0;

  function tell(listener: Listener, told: Told): void {
    if (listener.waiting.length >= MAX_WAITING) listener.isOver = true;
    else listener.waiting.push(told);
    listener.wake();
  }

  /** A channel begins where its first listener begins: what happens before its first look is told as well. */
  async function start(channel: Channel): Promise<void> {
    channel.started ??= db.tx(channel.scope, async (tx) => {
      channel.cursor = cursorOf(await newestCursor(tx));
    });
    try {
      await channel.started;
    } catch (error) {
      channel.started = undefined;
      throw error;
    }
  }

  async function look(channel: Channel): Promise<void> {
    const { cursor } = channel;
    if (cursor === undefined) return;
    const rows = await db.tx(channel.scope, (tx) => readEvents(tx, cursor, PAGE));
    let isAllSettled = true;
    for (const event of rows) {
      isAllSettled &&= event.isSettled;
      if (isAllSettled) channel.cursor = cursorOf(event.cursor);
      if (!channel.told.has(event.cursor))
        for (const listener of channel.listeners)
          tell(listener, { kind: 'change', cursor: (channel.cursor ?? cursor).join('.'), event });
      if (isAllSettled) channel.told.delete(event.cursor);
      else channel.told.add(event.cursor);
    }
  }

  async function prune(): Promise<void> {
    if (performance.now() - prunedAtMs < PRUNE_EVERY_MS && prunedAtMs > 0) return;
    prunedAtMs = performance.now();
    const companies = new Set([...channels.values()].map(({ scope }) => scope.companyId));
    for (const companyId of companies)
      await db.tx({ companyId, centreIds: '*' }, (tx) => pruneEvents(tx, companyId, KEPT_HOURS));
  }

  function schedule(): void {
    if (isClosed || timer !== undefined || channels.size === 0) return;
    timer = setTimeout(() => {
      void Promise.allSettled([...[...channels.values()].map(look), prune()]).then((looks) => {
        for (const one of looks)
          if (one.status === 'rejected') log.warn({ error: String(one.reason) }, 'live events not read');
        timer = undefined;
        schedule();
      });
    }, LOOK_EVERY_MS);
  }

  async function since(scope: Scope, after: string | undefined): Promise<Told[]> {
    return db.tx(scope, async (tx) => {
      const from = cursorOf(after);
      const newest = await newestCursor(tx);
      if (after === undefined) return [{ kind: 'ready', cursor: newest }];
      if (from === undefined || !(await isKept(tx, from))) return [{ kind: 'reset', cursor: newest }];
      const told: Told[] = [];
      let cursor = from;
      let safe = from.join('.');
      let isAllSettled = true;
      for (;;) {
        const rows = await readEvents(tx, cursor, PAGE);
        for (const event of rows) {
          isAllSettled &&= event.isSettled;
          if (isAllSettled) safe = event.cursor;
          told.push({ kind: 'change', cursor: safe, event });
        }
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) break;
        // Who was away that long reads everything again, rather than being told of each change.
        if (told.length >= MAX_WAITING) return [{ kind: 'reset', cursor: newest }];
        cursor = cursorOf(last.cursor) ?? cursor;
      }
      return [...told, { kind: 'ready', cursor: safe }];
    });
  }

  function take(personId: string): () => void {
    const open = people.get(personId) ?? 0;
    if (isClosed || streams >= limits.streams || open >= limits.streamsOfOnePerson)
      throw new Problem(429, 'too-many-streams', {
        params: { limit: limits.streamsOfOnePerson },
        headers: { 'retry-after': '30' },
      });
    streams += 1;
    people.set(personId, open + 1);
    return () => {
      streams -= 1;
      const left = (people.get(personId) ?? 1) - 1;
      if (left === 0) people.delete(personId);
      else people.set(personId, left);
    };
  }

  function join(scope: Scope): { channel: Channel; listener: Listener; leave: () => void } {
    const key = keyOf(scope);
    const channel = channels.get(key) ?? {
      scope,
      cursor: undefined,
      started: undefined,
      told: new Set<string>(),
      listeners: new Set<Listener>(),
    };
    channels.set(key, channel);
    const listener: Listener = { waiting: [], wake: () => undefined, isOver: false };
    channel.listeners.add(listener);
    schedule();
    return {
      channel,
      listener,
      leave: () => {
        channel.listeners.delete(listener);
        if (channel.listeners.size === 0) channels.delete(key);
      },
    };
  }

  async function* follow({ scope, personId, after, signal }: Parameters<Live['follow']>[0]) {
    const giveBack = take(personId);
    const { channel, listener, leave } = join(scope);
    const end = (): void => {
      listener.isOver = true;
      listener.wake();
    };
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    try {
      await start(channel);
      // Joined first and read afterwards: what happens in between is told twice, never left out.
      yield* await since(scope, after);
      while (!listener.isOver) {
        const next = listener.waiting.shift();
        if (next !== undefined) yield next;
        else
          await new Promise<void>((resolve) => {
            listener.wake = resolve;
            if (listener.isOver || listener.waiting.length > 0) resolve();
          });
      }
    } finally {
      signal.removeEventListener('abort', end);
      leave();
      giveBack();
    }
  }

  return {
    follow,
    since,
    close() {
      isClosed = true;
      clearTimeout(timer);
      for (const { listeners } of channels.values())
        for (const listener of listeners) {
          listener.isOver = true;
          listener.wake();
        }
    },
  };
}
