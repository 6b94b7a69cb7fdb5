import type { z } from 'zod';
import type { Scope, Tx } from '../../db/database.ts';
import type { Intake } from '../../intake/deps.ts';
import type { ApiDeps } from '../deps.ts';
import type { Live, Told } from '../live/live.ts';
import type { Caller, Lang, Role } from './caller.ts';

/** What a handler works with: who asks, in which language, and the doors to the rest. */
export interface Context {
  readonly deps: ApiDeps;
  readonly caller: Caller;
  readonly lang: Lang;
  readonly intake: Intake;
  readonly scope: Scope;
  readonly live: Live;
  /** Where a broken stream of events goes on. */
  readonly lastEventId: string | undefined;
  /** Idempotency-Key of a command and where it was sent; see `commandId`. */
  readonly commandKey: string;
  /** One transaction that sees the caller's centres only. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** One route as declared: everything the server, the document and the tests know of it. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Express path, `:name` for parameters. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly tag: string;
  readonly roles: readonly Role[];
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Content type of a body that is not JSON; it arrives as bytes. */
  readonly rawBody?: string;
  /** The bytes are not collected first: the handler gets the stream; any length. */
  readonly streamed?: true;
  readonly answer: z.ZodType;
  /** Content type of an answer that is not JSON. */
  readonly answerType?: string;
  readonly status: 200 | 201 | 202;
  /** A POST that only looks: what is asked is nobody else's business and stands in no address. It needs no key, and no answer is kept. */
  readonly looks?: true;
  readonly handle: (
    context: Context,
    input: { params: never; query: never; body: never },
  ) => Promise<unknown>;
  /** Asked instead of `handle` where the caller accepts a stream of events; ends with the signal. */
  readonly follow?: (
    context: Context,
    input: { params: never; query: never; body: never },
    signal: AbortSignal,
  ) => AsyncIterable<Told>;
}

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** Declares a route; the handler sees what the schemas let through. */
export function route<
  A extends z.ZodType,
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  declared: Omit<Route, 'params' | 'query' | 'body' | 'answer' | 'handle' | 'follow' | 'status'> & {
    params?: P;
    query?: Q;
    body?: B;
    answer: A;
    status?: Route['status'];
    handle: (context: Context, input: { params: Out<P>; query: Out<Q>; body: Out<B> }) => Promise<z.input<A>>;
    follow?: (
      context: Context,
      input: { params: Out<P>; query: Out<Q>; body: Out<B> },
      signal: AbortSignal,
    ) => AsyncIterable<Told>;
  },
): Route {
  return { ...declared, status: declared.status ?? 200 } as unknown as Route;
}
