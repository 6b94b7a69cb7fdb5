import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Registry } from 'prom-client';

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

const ENGINE_TIMEOUT_MS = 2_000;

/** What the engine's own SDK counts in this process, as it words it; nothing where it does not answer. */
async function engineMetrics(url: string | undefined): Promise<string> {
  if (url === undefined) return '';
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ENGINE_TIMEOUT_MS) });
    return response.ok ? await response.text() : '';
  } catch {
    // Our own figures are worth a scrape without them.
    return '';
  }
}

/**
 * The worker's figures and state over HTTP: /metrics for Prometheus, /health while it lives, /ready while it takes work.
 * Port 0 takes a free one.
 */
export async function serveMetrics(options: {
  registry: Registry;
  port: number;
  host: string;
  engineMetricsUrl: string | undefined;
  isTakingWork: () => boolean;
}): Promise<MetricsServer> {
  const { registry } = options;
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (request.url === '/metrics') {
        const text = `${await registry.metrics()}${await engineMetrics(options.engineMetricsUrl)}`;
        response.writeHead(200, { 'content-type': registry.contentType }).end(text);
        return;
      }
      const isWell = request.url === '/health' || (request.url === '/ready' && options.isTakingWork());
      const isKnown = request.url === '/health' || request.url === '/ready';
      const status = isWell ? 200 : isKnown ? 503 : 404;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ status: isWell ? 'ok' : isKnown ? 'draining' : 'no-such-path' }));
    };
    answer().catch(() => response.writeHead(500).end());
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    async close() {
      const ended = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}
