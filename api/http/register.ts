import { createHash } from 'node:crypto';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { langOf, type Caller } from './caller.ts';
import { once } from './idempotency.ts';
import type { Live } from '../live/live.ts';
import { writeStream } from '../live/write-stream.ts';
import { declared } from './declared.ts';
import { Problem, sqlState, type FieldFault } from './problem.ts';
import type { Context, Route } from './route.ts';
import { textFaults } from './well-formed.ts';

type Verify = (authorization: string | undefined) => Promise<Caller>;

const RAW_LIMIT_BYTES = 12 * 1024 * 1024;

function parsePart(
  where: string,
  schema: z.ZodType | undefined,
  value: unknown,
  faults: FieldFault[],
): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) {
    faults.push(...textFaults(where, parsed.data));
    return parsed.data;
  }
  for (const issue of parsed.error.issues)
    faults.push({ field: [where, ...issue.path.map(String)].join('.'), reason: issue.message });
  return undefined;
}

function bodyOf(route: Route, request: Request, faults: FieldFault[]): unknown {
  if (route.streamed === true) return request;
  return route.rawBody === undefined ? parsePart('body', route.body, request.body, faults) : request.body;
}

/** What tells one request from another under one key: of a stream its length, for it is not read twice. */
const keyedBody = (route: Route, request: Request): unknown =>
  route.streamed === true ? (request.get('content-length') ?? '') : request.body;

/** A stream that a parser has read already is none. @throws Problem 415 `unsupported-media-type` */
function requireStream(route: Route, request: Request): void {
  if (route.rawBody === undefined || request.is([route.rawBody, 'application/octet-stream']) !== false)
    return;
  throw new Problem(415, 'unsupported-media-type', { params: { expected: route.rawBody } });
}

/** A body that is no JSON was not read, and is not taken for an empty one. @throws Problem 415 `unsupported-media-type` */
function requireJson(route: Route, request: Request): void {
  // Nothing at all has no type either: a route that needs no field takes it, any other names what is missing.
  const isEmpty = request.get('content-length') === '0';
  if (route.body === undefined || isEmpty || request.is('application/json') !== false) return;
  throw new Problem(415, 'unsupported-media-type', { params: { expected: 'application/json' } });
}

/** Every part in its schema's shape. @throws Problem 400 `invalid-request` that names every field */
function parseInput(route: Route, request: Request): { params: never; query: never; body: never } {
  const faults: FieldFault[] = [];
  const input = {
    params: parsePart('params', route.params, request.params, faults),
    query: parsePart('query', route.query, request.query, faults),
    body: bodyOf(route, request, faults),
  };
  if (faults.length > 0) throw new Problem(400, 'invalid-request', { errors: faults });
  return input as { params: never; query: never; body: never };
}

function requireRole(route: Route, caller: Caller): void {
  if (route.roles.some((role) => caller.roles.includes(role))) return;
  throw new Problem(403, 'role-not-permitted', { params: { roles: route.roles.join(', ') } });
}

function contextOf(deps: ApiDeps, live: Live, request: Request, caller: Caller): Context {
  const { scope } = caller;
  return {
    deps,
    caller,
    lang: langOf(request.get('accept-language')),
    intake: { db: deps.db, vault: deps.vault, scope },
    scope,
    live,
    lastEventId: request.get('last-event-id'),
    commandKey: `${request.get('idempotency-key') ?? ''} ${request.method} ${request.originalUrl}`,
    read: (work) => deps.db.tx(scope, work),
  };
}

/** Whether `If-None-Match` names the tag, in a list or as a weak one, or takes any (RFC 9110, 13.1.2). */
const isKnown = (etag: string, ifNoneMatch = ''): boolean =>
  ifNoneMatch.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));

function send(route: Route, request: Request, response: Response, status: number, body: unknown): void {
  if (route.answerType !== undefined) {
    response
      .status(status)
      .type(route.answerType)
      .send(body as string | Buffer);
    return;
  }
  const text = JSON.stringify(body);
  if (route.method === 'get') {
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
    response.set('etag', etag).set('cache-control', 'private, no-cache');
    if (isKnown(etag, request.get('if-none-match'))) {
      response.status(304).end();
      return;
    }
  }
  response.status(status).type('application/json').send(text);
}

/** A cursor of the right form whose keys are no dates or numbers is found out by the database (SQLSTATE class 22). */
function isMadeUpCursor(request: Request, error: unknown): boolean {
  const body: unknown = request.body;
  const isGiven =
    request.query['cursor'] !== undefined ||
    (typeof body === 'object' && body !== null && Reflect.get(body, 'cursor') !== undefined);
  return isGiven && sqlState(error).startsWith('22');
}

const EVENT_STREAM = 'text/event-stream';
const wantsStream = (request: Request): boolean => (request.get('accept') ?? '').includes(EVENT_STREAM);

/** Ends with the connection, and when the token it began with ends. */
function untilGone(response: Response, { validUntilMs }: Caller): { signal: AbortSignal; done: () => void } {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), Math.max(0, validUntilMs - Date.now()));
  response.once('close', () => gone.abort());
  return { signal: gone.signal, done: () => clearTimeout(timer) };
}

function handler(deps: ApiDeps, live: Live, verify: Verify, route: Route): RequestHandler {
  return async (request, response) => {
    // What is left of a refused upload is read and thrown away, so that the answer arrives and the connection lives on.
    if (route.streamed === true)
      response.once('finish', () => request.removeAllListeners('readable').resume());
    const caller = await verify(request.get('authorization'));
    requireRole(route, caller);
    requireJson(route, request);
    const input = parseInput(route, request);
    if (route.streamed === true) requireStream(route, request);
    const context = contextOf(deps, live, request, caller);
    if (route.follow !== undefined && wantsStream(request)) {
      const { signal, done } = untilGone(response, caller);
      try {
        await writeStream(response, route.follow(context, input, signal));
      } finally {
        done();
      }
      return;
    }
    const run = async () => ({
      status: route.status,
      body: declared(deps, route, await route.handle(context, input)),
    });
    if (route.looks === true) response.set('cache-control', 'no-store');
    if (route.method === 'get' || route.looks === true) {
      const answer = await run().catch((error: unknown) => {
        throw isMadeUpCursor(request, error) ? new Problem(400, 'invalid-cursor') : error;
      });
      send(route, request, response, answer.status, answer.body);
      return;
    }
    const answer = await once(
      deps.db,
      caller,
      {
        key: request.get('idempotency-key'),
        method: route.method,
        path: request.originalUrl,
        body: keyedBody(route, request),
      },
      run,
    );
    if (answer.replayed) response.set('idempotent-replay', 'true');
    send(route, request, response, answer.status, answer.body);
  };
}

/** Puts every declared route on the server, and says of a known path which methods it has. */
export function registerRoutes(
  app: Express,
  deps: ApiDeps,
  live: Live,
  verify: Verify,
  routes: readonly Route[],
): void {
  for (const route of routes) {
    const parsers: RequestHandler[] =
      route.rawBody === undefined || route.streamed === true
        ? []
        : [express.raw({ type: () => true, limit: RAW_LIMIT_BYTES })];
    app[route.method](route.path, ...parsers, handler(deps, live, verify, route));
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map((route) => route.method.toUpperCase());
    app.all(path, () => {
      throw new Problem(405, 'method-not-allowed', {
        params: { allowed: allowed.join(', ') },
        headers: { allow: allowed.join(', ') },
      });
    });
  }
}
