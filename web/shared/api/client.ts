import { lang } from '../i18n/i18n.ts';
import type { Session } from '../auth/session.ts';
import { hearTime } from './clock.ts';
import { ApiProblem, offlineProblem } from './problem.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The API as this person. Every function throws ApiProblem, in the reader's language. */
export interface Api {
  get<T>(path: string, query?: Query): Promise<T>;
  /** A question whose words belong into no address: nothing is changed, no key is needed. */
  ask<T>(path: string, body: unknown): Promise<T>;
  /** One key per intended act: hand the same key in again when the same act is tried again. */
  post<T>(path: string, body: unknown, key: string): Promise<T>;
  postBytes<T>(path: string, bytes: Blob, key: string, type?: string): Promise<T>;
  /** The answer as it came, for files and streams. */
  raw(path: string, init?: RequestInit): Promise<Response>;
}

const TIMEOUT_MS = 40_000;
const RETRIES = 2;
const RETRY_AFTER_MS = 800;
const MAX_WAIT_MS = 5_000;

/** A key for one act of a person. */
export const newKey = (): string => crypto.randomUUID();

export const pathWith = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function problemIn(response: Response): Promise<ApiProblem> {
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  const seconds = Number.isFinite(after) ? after : undefined;
  try {
    const body = (await response.json()) as Partial<ApiProblem>;
    return new ApiProblem({ ...body, status: response.status }, seconds);
  } catch {
    return new ApiProblem({ status: response.status }, seconds);
  }
}

/** Tried again by itself: no answer at all, not reachable now, or the same request still under way. Never a refusal. */
const isPassing = (problem: ApiProblem): boolean =>
  problem.status === 0 ||
  problem.status === 503 ||
  problem.status === 502 ||
  problem.code === 'request-in-progress';

export function openApi(session: Session): Api {
  async function once(path: string, init: RequestInit): Promise<Response> {
    const token = await session.token().catch(() => {
      throw offlineProblem();
    });
    const headers = new Headers(init.headers);
    headers.set('accept-language', lang() === 'zh' ? 'zh-CN' : 'en');
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    let response: Response;
    try {
      response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS), ...init, headers });
    } catch {
      throw offlineProblem();
    }
    hearTime(response);
    if (response.ok || response.status === 304) return response;
    throw await problemIn(response);
  }

  async function persistently(path: string, init: RequestInit): Promise<Response> {
    for (let tried = 0; ; tried += 1)
      try {
        return await once(path, init);
      } catch (error) {
        if (!(error instanceof ApiProblem) || !isPassing(error) || tried === RETRIES) throw error;
        await sleep(
          Math.min(MAX_WAIT_MS, (error.retryAfterSeconds ?? 0) * 1_000 || RETRY_AFTER_MS * (tried + 1)),
        );
      }
  }

  const json = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;

  return {
    get: (path, query) => json(persistently(pathWith(path, query), {})),
    ask: (path, body) =>
      json(
        persistently(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    post: (path, body, key) =>
      json(
        persistently(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(body ?? {}),
        }),
      ),
    postBytes: (path, bytes, key, type = 'application/octet-stream') =>
      json(
        persistently(path, {
          method: 'POST',
          headers: { 'content-type': type, 'idempotency-key': key },
          body: bytes,
          signal: AbortSignal.timeout(TIMEOUT_MS * 10),
        }),
      ),
    raw: (path, init = {}) => once(path, init),
  };
}
