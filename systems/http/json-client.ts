import type { z } from 'zod';
import { SystemRefused, SystemUnavailable } from '../errors.ts';

export interface JsonClientOptions {
  /** Name in errors, e.g. `billing`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly timeoutMs: number;
}

/** JSON over HTTP with a bearer token. An answer that is not understood is no answer. */
export interface JsonClient {
  /** @throws SystemUnavailable (network, time-out, 5xx, 429, nonsense) | SystemRefused (other 4xx, with the system's code) */
  request<S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    answer: S,
    body?: unknown,
  ): Promise<z.output<S>>;
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

function codeOf(text: string, status: number): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'code' in body) return String(body.code);
  } catch {
    // No JSON: the status has to do.
  }
  return `http-${status}`;
}

function parseAnswer<S extends z.ZodType>(system: string, answer: S, text: string): z.output<S> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new SystemUnavailable(system, 'the answer is no JSON');
  }
  const parsed = answer.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ');
  throw new SystemUnavailable(system, `the answer is not understood (${fields})`);
}

/** A client of one system. */
export function jsonClient(options: JsonClientOptions): JsonClient {
  const { system, token, timeoutMs } = options;
  const baseUrl = options.baseUrl.replace(/\/$/, '');
  return {
    async request(method, path, answer, body) {
      let response: Response;
      let text: string;
      try {
        response = await fetch(`${baseUrl}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        text = await response.text();
      } catch (error) {
        throw new SystemUnavailable(system, error instanceof Error ? error.message : String(error));
      }
      if (response.status >= 500 || response.status === 429)
        throw new SystemUnavailable(system, `HTTP ${response.status}`, retryAfterMs(response));
      // Our own credentials are wrong: nothing is known of the customer, and somebody has to look.
      if (response.status === 401 || response.status === 403)
        throw new SystemUnavailable(system, `HTTP ${response.status}: credentials are not accepted`);
      if (!response.ok)
        throw new SystemRefused(system, codeOf(text, response.status), `HTTP ${response.status}`);
      return parseAnswer(system, answer, text);
    },
  };
}
