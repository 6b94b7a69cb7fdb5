import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { count, type Journal } from './journal.ts';
import { timed } from './spent.ts';
import type { Stand } from './stand.ts';

/** An answer to a command, whatever its status. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
}

/** People at their screens: when the API is away they press the same button again. */
export interface Hands {
  readonly stand: Stand;
  readonly journal: Journal;
  get<T>(personId: string, path: string): Promise<Answer<T>>;
  /** The same command under the same key until it is answered. `kept` says what the answer promises; it goes into the journal. */
  post<T>(personId: string, path: string, body: unknown, kept?: Kept<T>): Promise<Answer<T>>;
}

interface Kept<T> {
  readonly kind: string;
  readonly accountNo: string;
  readonly ref: string | ((body: T) => string);
}

const PATIENCE_MS = 180_000;
const isPassing = (status: number, body: unknown): boolean =>
  status >= 500 || status === 429 || (status === 409 && JSON.stringify(body).includes('request-in-progress'));

export function handsOf(stand: Stand, journal: Journal): Hands {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (personId: string): Promise<string> => {
    const token = tokens.get(personId) ?? stand.sim.token(personId);
    tokens.set(personId, token);
    return token;
  };

  async function ask(personId: string, method: string, path: string, sent: { key?: string; body?: unknown }) {
    const isBytes = sent.body instanceof Uint8Array;
    const response = await fetch(`${stand.apiUrl}${path}`, {
      method,
      signal: AbortSignal.timeout(45_000),
      headers: {
        authorization: `Bearer ${await tokenOf(personId)}`,
        ...(sent.key === undefined ? {} : { 'idempotency-key': sent.key }),
        ...(sent.body === undefined
          ? {}
          : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(sent.body === undefined
        ? {}
        : { body: isBytes ? Buffer.from(sent.body as Uint8Array) : JSON.stringify(sent.body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  async function untilAnswered(
    personId: string,
    method: string,
    path: string,
    sent: { key?: string; body?: unknown },
  ) {
    const deadlineMs = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        const answer = await ask(personId, method, path, sent);
        if (answer.status === 401) tokens.delete(personId);
        else if (!isPassing(answer.status, answer.body)) return answer;
        count(journal, `answer ${answer.status}`);
        if (performance.now() > deadlineMs)
          throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      } catch (error) {
        // Away, or killed while it answered: nobody knows what became of the command.
        count(journal, 'no answer');
        if (performance.now() > deadlineMs) throw error;
      }
      await sleep(300);
    }
  }

  return {
    stand,
    journal,
    get: async <T>(personId: string, path: string) =>
      (await timed('reading', () => untilAnswered(personId, 'GET', path, {}))) as Answer<T>,
    async post<T>(personId: string, path: string, body: unknown, kept?: Kept<T>) {
      const answer = (await timed('commands', () =>
        untilAnswered(personId, 'POST', path, {
          key: randomUUID(),
          ...(body === undefined ? {} : { body }),
        }),
      )) as Answer<T>;
      if (answer.status < 300 && kept !== undefined) {
        const { kind, accountNo, ref } = kept;
        journal.commands.push({ kind, accountNo, ref: typeof ref === 'string' ? ref : ref(answer.body) });
        count(journal, `command ${kind}`);
      }
      return answer;
    },
  };
}
