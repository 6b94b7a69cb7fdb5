import { randomUUID } from 'node:crypto';
import type { Town } from './town.ts';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
}

/** Somebody at a screen: speaks HTTP to the API under a token of the district's identity provider. */
export interface Person {
  get<T = Record<string, unknown>>(path: string): Promise<Answer<T>>;
  post<T = Record<string, unknown>>(path: string, body?: unknown, key?: string): Promise<Answer<T>>;
}

const tokens = new WeakMap<Town, Map<string, Promise<string>>>();

function tokenOf(town: Town, personId: string): Promise<string> {
  const known = tokens.get(town) ?? new Map<string, Promise<string>>();
  tokens.set(town, known);
  const token = known.get(personId) ?? town.sim.token(personId);
  known.set(personId, token);
  return token;
}

export function person(town: Town, personId: string): Person {
  async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<Answer<T>> {
    const isBytes = body instanceof Uint8Array;
    const response = await fetch(`${town.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf(town, personId)}`,
        ...(method === 'GET' ? {} : { 'idempotency-key': key ?? randomUUID() }),
        ...(body === undefined
          ? {}
          : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body, key) => call('POST', path, body, key),
  };
}

/** Like `post`, but anything except success is an error that shows the problem. */
export async function must<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`HTTP ${status}: ${JSON.stringify(body)}`);
  return body;
}
