import type { Statements } from '../books/books.ts';

/** What a run of an entry may ask for: nothing more, or the same entry again after a while. */
export type AgendaResult = void | { againAfterMs: number };

/** Acts on one entry; `tries` counts the runs before this one, `signal` fires when the district closes. */
export type AgendaHandler = (
  payload: unknown,
  run: { tries: number; signal: AbortSignal },
) => Promise<AgendaResult>;

/** Things to be done later, kept in the books until they are done, so that a restart forgets none. */
export interface Agenda {
  /** Names the handler of a kind; to be called before `open`. */
  handle(kind: string, handler: AgendaHandler): void;
  /** Takes up what an earlier process left. */
  open(): Promise<void>;
  /** Keeps an entry; `firstRun` settles when it has run once, or when the agenda closes first. */
  put(kind: string, payload: unknown, delayMs: number): Promise<{ firstRun: Promise<void> }>;
  waiting(): Promise<number>;
  /** Drops every entry and waits for those that are running. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  id: number;
  kind: string;
  payload: unknown;
  tries: number;
}

const longestTimerMs = 2 ** 31 - 1;
const runsAfterErrors = 5;
const pauseAfterErrorMs = 1_000;

/** Makes an agenda on these books; errors of handlers go to `report` and the entry is tried again. */
export function createAgenda(books: Statements, report: (error: unknown) => void): Agenda {
  return new BookedAgenda(books, report);
}

class BookedAgenda implements Agenda {
  readonly #books: Statements;
  readonly #report: (error: unknown) => void;
  readonly #handlers = new Map<string, AgendaHandler>();
  readonly #timers = new Map<number, { timer: NodeJS.Timeout; settle: () => void }>();
  readonly #running = new Set<Promise<void>>();
  #closing = new AbortController();

  constructor(books: Statements, report: (error: unknown) => void) {
    this.#books = books;
    this.#report = report;
  }

  handle(kind: string, handler: AgendaHandler): void {
    this.#handlers.set(kind, handler);
  }

  async open(): Promise<void> {
    const left = await this.#books.rows<Entry & { due_ms: number }>(
      `select id, kind, payload, tries, (extract(epoch from due_at) * 1000)::bigint as due_ms from agenda order by due_at, id`,
    );
    for (const entry of left) this.#arm(entry, Math.max(0, entry.due_ms - Date.now()), () => undefined);
  }

  async put(kind: string, payload: unknown, delayMs: number): Promise<{ firstRun: Promise<void> }> {
    const [row] = await this.#books.rows<{ id: number }>(
      'insert into agenda (kind, payload, due_at) values ($1, $2, $3) returning id',
      [kind, JSON.stringify(payload), new Date(Date.now() + delayMs).toISOString()],
    );
    if (!row) throw new Error(`agenda entry ${kind} was not kept`);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#arm({ id: row.id, kind, payload, tries: 0 }, delayMs, resolve);
    return { firstRun: promise };
  }

  async waiting(): Promise<number> {
    const [row] = await this.#books.rows<{ count: number }>('select count(*) as count from agenda');
    return row?.count ?? 0;
  }

  async drop(): Promise<void> {
    await this.#stop();
    await this.#books.rows('delete from agenda');
    this.#closing = new AbortController();
  }

  async close(): Promise<void> {
    await this.#stop();
  }

  async #stop(): Promise<void> {
    this.#closing.abort();
    for (const { timer, settle } of this.#timers.values()) {
      clearTimeout(timer);
      settle();
    }
    this.#timers.clear();
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  #arm(entry: Entry, delayMs: number, settle: () => void): void {
    if (this.#closing.signal.aborted) return settle();
    const fire = (): void => {
      this.#timers.delete(entry.id);
      const run = this.#run(entry)
        .catch(this.#report)
        .finally(() => {
          this.#running.delete(run);
          settle();
        });
      this.#running.add(run);
    };
    this.#timers.set(entry.id, { timer: setTimeout(fire, Math.min(delayMs, longestTimerMs)), settle });
  }

  async #run(entry: Entry): Promise<void> {
    const { signal } = this.#closing;
    const handler = this.#handlers.get(entry.kind);
    if (!handler) throw new Error(`nothing handles agenda entries of kind ${entry.kind}`);
    let result: AgendaResult;
    try {
      result = await handler(entry.payload, { tries: entry.tries, signal });
    } catch (error) {
      // Cut short by closing: the entry stays for the next start.
      if (signal.aborted) return;
      this.#report(error);
      result = entry.tries + 1 < runsAfterErrors ? { againAfterMs: pauseAfterErrorMs } : undefined;
    }
    if (result) await this.#again(entry, result.againAfterMs);
    else await this.#books.rows('delete from agenda where id = $1', [entry.id]);
  }

  async #again(entry: Entry, delayMs: number): Promise<void> {
    await this.#books.rows('update agenda set tries = tries + 1, due_at = $2 where id = $1', [
      entry.id,
      new Date(Date.now() + delayMs).toISOString(),
    ]);
    this.#arm({ ...entry, tries: entry.tries + 1 }, delayMs, () => undefined);
  }
}
