import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimClient } from '../../../sim/client.ts';
import { simClient } from '../../../sim/client.ts';
import type { Sim } from '../../../sim/start-sim.ts';
import { startSim } from '../../../sim/start-sim.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createTestDatabase } from '../../support/database.ts';

/** One request that the district made to us. */
export interface Received {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Stands where Fudian would stand: notes every request and answers as told. */
export interface Receiver {
  url: string;
  received: Received[];
  /** Answers to paths that end so; everything else gets 204. */
  answers: Map<string, (request: Received) => { status?: number; type?: string; body?: string }>;
  /** Resolves when a request has come to this path. @throws Error after five seconds */
  waitFor(path: string, count?: number): Promise<Received[]>;
  close(): Promise<void>;
}

/** Starts a receiver on a free port. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Receiver['answers'] = new Map();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const seen = { path: request.url ?? '', headers: request.headers, body };
      received.push(seen);
      const answer = [...answers].find(([path]) => seen.path.endsWith(path))?.[1](seen) ?? { status: 204 };
      response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'text/plain' });
      response.end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const waitFor = async (path: string, count = 1): Promise<Received[]> => {
    for (let tries = 0; tries < 250; tries += 1) {
      const found = received.filter((seen) => seen.path === path);
      if (found.length >= count) return found;
      await sleep(20);
    }
    throw new Error(`${path} was not called; seen: ${received.map((seen) => seen.path).join(', ')}`);
  };
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url, received, answers, waitFor, close };
}

/** A district of a test file's own, with somebody at its public URL. */
export interface TestDistrict {
  sim: Sim;
  client: SimClient;
  receiver: Receiver;
  database: TestDatabase;
  /** Stops the district and starts it on the same books. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a district on a database of its own; `close` it at the end of the file. */
export async function startDistrict(): Promise<TestDistrict> {
  const database = await createTestDatabase();
  const receiver = await startReceiver();
  const start = (): Promise<Sim> =>
    startSim({ databaseUrl: database.ownerUrl, publicUrl: receiver.url, paceMs: 2 });
  const sim = await start();
  const district: TestDistrict = {
    sim,
    client: simClient(sim.origin),
    receiver,
    database,
    restart: async () => {
      await district.sim.close();
      district.sim = await start();
      district.client = simClient(district.sim.origin);
    },
    close: async () => {
      await district.sim.close();
      await receiver.close();
      await database.drop();
    },
  };
  return district;
}

/** A setting of the district. @throws Error when there is none */
export function setting(sim: Sim, name: string): string {
  const value = sim.env[name];
  if (value === undefined) throw new Error(`the district gives no ${name}`);
  return value;
}

/** Asks one of the district's systems as Fudian does. */
export function ask(sim: Sim, system: 'BILLING' | 'FIELD_WORK' | 'METER' | 'GOVERNMENT') {
  return (path: string, body?: unknown, timeoutMs = 5_000): Promise<Response> =>
    fetch(setting(sim, `${system}_URL`) + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${setting(sim, `${system}_TOKEN`)}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
}
