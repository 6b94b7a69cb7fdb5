import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import express, { type Express } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { ApiDeps } from './deps.ts';
import { tokenVerifier } from './http/authenticate.ts';
import { openApiDocument } from './http/openapi.ts';
import { Problem } from './http/problem.ts';
import { registerRoutes } from './http/register.ts';
import type { Route } from './http/route.ts';
import { writeProblem } from './http/write-problem.ts';
import { consolePages } from './console/console.ts';
import { policyOf } from './console/policy.ts';
import { openLive, type Live } from './live/live.ts';
import { linkPage } from './pages/link-page.ts';
import { billingWebhook } from './webhooks/billing.ts';
import { carrierWebhooks, type CarrierDialect } from './webhooks/carrier.ts';
import { wechatWebhooks, type WechatSigned } from './webhooks/wechat.ts';
import { health } from './health.ts';

/** What the assembly hands in beside the dependencies. */
export interface ServerParts {
  readonly routes: readonly Route[];
  readonly carrier: CarrierDialect;
  readonly isWechatSigned: WechatSigned;
  isBillingSigned(request: {
    timestamp: string | undefined;
    signature: string | undefined;
    body: string;
  }): boolean;
  /** Requests a minute from one address; webhooks of outside systems are not counted. */
  readonly requestsPerMinute: number;
}

const CLOSE_GRACE_MS = 10_000;
// Longer than the minute for which proxies keep a connection: whoever closes first must not be us, or a request meets the end of it.
const KEEP_ALIVE_MS = 65_000;

function limiter(perMinute: number) {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: (request) => /^\/(webhooks|health|ready|metrics|console\/assets)\b/.test(request.path),
    handler: (_request, response, next) => {
      const seconds = Number(response.getHeader('retry-after') ?? 60);
      next(new Problem(429, 'too-many-requests', { params: { seconds } }));
    },
  });
}

function measure(app: Express, registry: Registry): void {
  const seconds = new Histogram({
    name: 'fudian_http_request_seconds',
    help: 'Time to answer, by route, method and status',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
  });
  app.use((request, response, next) => {
    const stop = seconds.startTimer();
    response.on('finish', () => {
      const matched: unknown = request.route;
      const path =
        typeof matched === 'object' && matched !== null && 'path' in matched ? String(matched.path) : 'none';
      stop({ route: path, method: request.method, status: response.statusCode });
    });
    next();
  });
}

/** The whole application, not yet listening. */
export function buildApp(deps: ApiDeps, parts: ServerParts, live: Live): Express {
  const app = express();
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.use((request, response, next) => {
    const given = request.get('x-request-id');
    response.set('x-request-id', given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID());
    next();
  });
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: policyOf(deps.settings) } }));
  measure(app, registry);
  app.use(limiter(parts.requestsPerMinute));
  app.use(health(deps, registry));
  app.use(billingWebhook(deps, (request) => parts.isBillingSigned(request)));
  app.use(carrierWebhooks(deps, parts.carrier));
  app.use(wechatWebhooks(deps, parts.isWechatSigned));
  app.use(linkPage(deps));
  app.use(consolePages(deps.settings));
  const document = openApiDocument(parts.routes, deps.settings.PUBLIC_URL);
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.use(express.json({ limit: '1mb', strict: true }));
  const verify = tokenVerifier({
    issuer: deps.settings.OIDC_ISSUER,
    audience: deps.settings.OIDC_AUDIENCE,
    companyId: deps.settings.COMPANY_ID,
  });
  registerRoutes(app, deps, live, verify, parts.routes);
  app.use(() => {
    throw new Problem(404, 'no-such-route');
  });
  app.use(writeProblem(deps.log));
  return app;
}

export interface RunningApi {
  readonly url: string;
  /** Answers what is under way, then ends. */
  close(): Promise<void>;
}

/** Listens on loopback unless a host is given; port 0 takes a free one. */
export async function startApi(
  deps: ApiDeps,
  parts: ServerParts,
  listen: { port: number; host?: string },
): Promise<RunningApi> {
  const host = listen.host ?? '127.0.0.1';
  const live = openLive(deps.db, deps.log);
  const server: Server = buildApp(deps, parts, live).listen(listen.port, host);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the API has no port');
  return {
    url: `http://${host}:${address.port}`,
    async close() {
      live.close();
      const ended = once(server, 'close');
      server.close();
      const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
      server.closeIdleConnections();
      await ended;
      clearTimeout(cut);
    },
  };
}
