import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError, EXIT } from './exit.ts';

/** One reason of a refusal, with its clause and in words. */
export interface TextReason {
  readonly code: string;
  readonly clause: string;
  readonly text?: string;
}

/** problem+json as the API writes it. */
export interface ProblemBody {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly reasons?: readonly TextReason[];
  readonly errors?: readonly { readonly field: string; readonly reason: string }[];
}

/** The API said no; carries its words and the exit code they mean. */
export class ApiRefusal extends CliError {
  readonly status: number;
  readonly problem: ProblemBody;
  constructor(status: number, problem: ProblemBody) {
    super(inWords(status, problem), exitCodeOf(status, problem));
    this.status = status;
    this.problem = problem;
  }
}

function exitCodeOf(status: number, problem: ProblemBody): number {
  if (status === 400 || status === 404 || status === 405) return EXIT.usage;
  if (status === 503) return EXIT.unreachable;
  return (problem.reasons ?? []).length > 0 || status === 403 ? EXIT.refused : EXIT.failed;
}

/** A refusal as a person reads it: what, then each reason with its clause. */
function inWords(status: number, problem: ProblemBody): string {
  const head = [problem.title ?? `HTTP ${status}`, problem.detail].filter(
    (part, index, all) => part !== undefined && part !== '' && all.indexOf(part) === index,
  );
  const reasons = (problem.reasons ?? []).map(
    ({ code, clause, text }) => `  - ${text ?? code} (${clause}${text === undefined ? '' : `, ${code}`})`,
  );
  const fields = (problem.errors ?? []).map(({ field, reason }) => `  - ${field}: ${reason}`);
  return [head.join(': '), ...reasons, ...fields].join('\n');
}

const tooMany = 429;
const longestWaitMs = 60_000;

/** What a call may carry. */
export interface CallOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** Bytes instead of a JSON body. */
  readonly bytes?: { readonly content: Uint8Array; readonly type: string };
  /** The same key, the same act: generated unless told. */
  readonly idempotencyKey?: string;
}

/** Speaks to one API as one person. */
export interface ApiClient {
  readonly url: string;
  get<T>(path: string, query?: CallOptions['query']): Promise<T>;
  /** What is no JSON: a file. */
  bytes(path: string): Promise<Buffer>;
  post<T>(path: string, options?: CallOptions): Promise<T>;
  put<T>(path: string, options?: CallOptions): Promise<T>;
}

function bodyOf(options: CallOptions): { body?: string | Buffer<ArrayBuffer>; type?: string } {
  if (options.bytes !== undefined)
    return { body: Buffer.from(options.bytes.content), type: options.bytes.type };
  return options.body === undefined ? {} : { body: JSON.stringify(options.body), type: 'application/json' };
}

const isJson = (response: Response): boolean => (response.headers.get('content-type') ?? '').includes('json');

/** @throws ApiRefusal when the API said no */
async function requireOk(response: Response): Promise<void> {
  if (response.ok) return;
  const text = await response.text();
  const problem = isJson(response) ? (JSON.parse(text) as ProblemBody) : { title: `HTTP ${response.status}` };
  throw new ApiRefusal(response.status, problem);
}

async function readAnswer<T>(response: Response): Promise<T> {
  await requireOk(response);
  const text = await response.text();
  return (isJson(response) ? JSON.parse(text) : text) as T;
}

async function readBytes(response: Response): Promise<Buffer> {
  await requireOk(response);
  return Buffer.from(await response.arrayBuffer());
}

/** A client of the API at `url`; `token` is fetched when the first call needs it. */
export function apiClient(url: string, token: () => Promise<string>, language: string): ApiClient {
  const send = async (method: string, path: string, options: CallOptions): Promise<Response> => {
    const target = new URL(`${url}${path}`);
    for (const [name, value] of Object.entries(options.query ?? {}))
      if (value !== undefined) target.searchParams.set(name, String(value));
    const { body, type } = bodyOf(options);
    const headers: Record<string, string> = {
      authorization: `Bearer ${await token()}`,
      'accept-language': language,
      ...(type !== undefined && { 'content-type': type }),
      ...(method !== 'GET' && { 'idempotency-key': options.idempotencyKey ?? randomUUID() }),
    };
    const ask = async (): Promise<Response> => {
      try {
        return await fetch(target, { method, headers, ...(body !== undefined && { body }) });
      } catch {
        throw new CliError(`Fudian does not answer at ${url}. Is it running (npm start)?`, EXIT.unreachable);
      }
    };
    const response = await ask();
    if (response.status !== tooMany) return response;
    // The same request, under the same key, when the limit lets it through.
    await sleep(Math.min(longestWaitMs, 1_000 * Number(response.headers.get('retry-after') ?? 5)));
    return ask();
  };
  const call = async <T>(method: string, path: string, options: CallOptions): Promise<T> =>
    readAnswer<T>(await send(method, path, options));
  return {
    url,
    get: (path, query) => call('GET', path, query === undefined ? {} : { query }),
    bytes: async (path) => readBytes(await send('GET', path, {})),
    post: (path, options = {}) => call('POST', path, options),
    put: (path, options = {}) => call('PUT', path, options),
  };
}
