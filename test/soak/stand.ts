import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../db/database.ts';
import { vaultOf } from '../../db/keys/vault.ts';
import { readSettings } from '../../settings/settings.ts';
import { simClient } from '../../sim/client.ts';
import { startSim } from '../../sim/start-sim.ts';
import { startChild, type Child } from '../../tools/process/child.ts';
import { freePorts } from '../../tools/process/free-ports.ts';
import { createTestDatabase } from '../support/database.ts';
import { testNamespace } from '../support/temporal.ts';
import { stockTown } from '../support/town/stock.ts';
import { COMPANY, type Town } from '../support/town/town.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A process of the product that can be killed as a power cut kills it, and started again. */
export interface Part {
  /** SIGKILL; nothing is said goodbye to. */
  kill(): Promise<void>;
  start(): Promise<void>;
  readonly isUp: boolean;
  /** Of the process that runs now. */
  readonly pid: number | undefined;
  /** How often it was killed. */
  readonly kills: number;
  /** What it has logged, for a person who looks for a cause. */
  log(): string;
}

/** The product as it runs in production, worker and API each a process of its own, against a district that breaks. */
export interface Stand extends Town {
  readonly worker: Part;
  readonly api: Part;
  /** Behind row-level security, for the checker. */
  readonly superuserUrl: string;
  /** The district's own database. */
  readonly simUrl: string;
}

function partOf(script: string, env: Record<string, string | undefined>, logFile: string): Part {
  let child: Child | undefined;
  let kills = 0;
  return {
    get kills() {
      return kills;
    },
    get isUp() {
      return child !== undefined && child.ended() === undefined;
    },
    get pid() {
      return child?.ended() === undefined ? child?.pid : undefined;
    },
    async kill() {
      if (child === undefined || child.ended() !== undefined) return;
      kills += 1;
      process.kill(child.pid, 'SIGKILL');
      await child.exit;
    },
    async start() {
      child = await startChild({ command: process.execPath, args: [script], env, cwd: root, logFile });
    },
    log: () => child?.log() ?? '',
  };
}

/** What a stand is made with: other scripts than the product's own where a test has to interfere. */
export interface StandWish {
  readonly workerScript?: string;
  readonly workerEnv?: Record<string, string>;
  /** Where Temporal answers the worker; the server itself unless told. */
  readonly workerTemporalAddress?: string;
}

/** Starts servers' databases, namespace, district, worker and API. Needs the servers of test/support/global-setup.ts. */
export async function startStand(wish: StandWish = {}): Promise<Stand> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-stand-'));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const [ours, theirs] = [await createTestDatabase(), await createTestDatabase()];
    closers.push(
      () => ours.drop().catch(() => undefined),
      () => theirs.drop().catch(() => undefined),
    );
    const engine = await testNamespace();
    closers.push(() => engine.close());
    const district = await startSim({
      ...{ databaseUrl: theirs.ownerUrl, paceMs: 2, companyId: COMPANY, report: () => undefined },
    });
    closers.push(() => district.close());
    const [port = 0] = await freePorts(1);
    const env = {
      ...district.env,
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: ours.appUrl,
      TEMPORAL_ADDRESS: engine.address,
      TEMPORAL_NAMESPACE: engine.namespace,
      COMPANY_ID: COMPANY,
      API_PORT: String(port),
      API_HOST: '127.0.0.1',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      BLOB_DIR: path.join(folder, 'blobs'),
      ANCHOR_DIR: path.join(folder, 'anchors'),
      DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      PAYLOAD_KEYS: engine.payloadKeys,
      HASH_KEY: randomBytes(32).toString('base64'),
      DEMO_CLOCK: 'on',
      API_REQUESTS_PER_MINUTE: '1000000',
      LOG_LEVEL: 'warn',
    };
    const settings = readSettings(env);
    const db = openDatabase(settings.DATABASE_URL, { maxConnections: 20 });
    closers.push(() => db.close());
    const vault = vaultOf(settings);
    await stockTown(db.tx.bind(db), ours.ownerUrl);
    const workerEnv = {
      ...env,
      ...wish.workerEnv,
      TEMPORAL_ADDRESS: wish.workerTemporalAddress ?? engine.address,
    };
    const worker = partOf(wish.workerScript ?? 'worker/main.ts', workerEnv, path.join(folder, 'worker.log'));
    const api = partOf('api/main.ts', env, path.join(folder, 'api.log'));
    closers.push(
      () => worker.kill(),
      () => api.kill(),
    );
    await Promise.all([worker.start(), api.start()]);
    const apiUrl = settings.PUBLIC_URL;
    await district.setPublicUrl(apiUrl);
    await answering(apiUrl, api);
    const sim = simClient(district.origin);
    return {
      ...{ settings, db, vault, sim, engine, temporal: engine.client, apiUrl, close, worker, api },
      ...{ superuserUrl: ours.superuserUrl, simUrl: theirs.superuserUrl },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits until the API answers at all. @throws Error with its last words after a minute */
export async function answering(apiUrl: string, api: Part): Promise<void> {
  const deadlineMs = performance.now() + 60_000;
  for (;;) {
    const isUp = await fetch(`${apiUrl}/openapi.json`).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    if (performance.now() > deadlineMs)
      throw new Error(`the API does not answer:\n${api.log().slice(-2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
