import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { Client } from '@temporalio/client';
import { pino, type Logger } from 'pino';
import { apiParts } from '../../../api/assemble.ts';
import { startApi } from '../../../api/server.ts';
import { openDatabase, wholeCompany, type Db } from '../../../db/database.ts';
import { fileKeys } from '../../../db/keys/key-ring.ts';
import { vaultOf, type Vault } from '../../../db/keys/vault.ts';
import { readSettings, type Settings } from '../../../settings/settings.ts';
import { simClient, type SimClient } from '../../../sim/client.ts';
import { startSim } from '../../../sim/start-sim.ts';
import { realSystems } from '../../../systems/assemble-real.ts';
import { ensureSchedules, scheduleIds } from '../../../worker/schedules.ts';
import { buildWorkflowBundle, startWorker } from '../../../worker/start-worker.ts';
import { freePorts } from '../../../tools/process/free-ports.ts';
import { createTestDatabase } from '../database.ts';
import { testNamespace, type TestNamespace } from '../temporal.ts';
import { stockTown } from './stock.ts';

export const COMPANY = 'company-1';

/** The whole product against the simulated district, on the real engine and database, in one process. */
export interface Town {
  readonly settings: Settings;
  readonly db: Db;
  readonly vault: Vault;
  readonly sim: SimClient;
  readonly engine: TestNamespace;
  readonly temporal: Client;
  readonly apiUrl: string;
  close(): Promise<void>;
}

/** Starts it; some two seconds. Without a worker the test starts its own, as processes; with `consoleDir` it serves the built console too; its keys stand in `keysFile` where one is given, and may be changed there. */
export async function startTown(
  options: { worker?: boolean; consoleDir?: string; keysFile?: string; log?: Logger } = {},
): Promise<Town> {
  const log = options.log ?? pino({ level: process.env['FUDIAN_TEST_LOG'] ?? 'silent' });
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.reverse()) await end();
  };
  try {
    const blobs = mkdtempSync(path.join(os.tmpdir(), 'fudian-town-'));
    closers.push(() => rmSync(blobs, { recursive: true, force: true }));
    const [ours, theirs] = [await createTestDatabase(), await createTestDatabase()];
    closers.push(
      () => ours.drop(),
      () => theirs.drop(),
    );
    const { keysFile } = options;
    const engine = await testNamespace(keysFile === undefined ? undefined : fileKeys(keysFile));
    closers.push(() => engine.close());
    const district = await startSim({ databaseUrl: theirs.ownerUrl, paceMs: 2, companyId: COMPANY });
    closers.push(() => district.close());
    const [port] = await freePorts(1);
    const settings = readSettings({
      ...district.env,
      DATABASE_URL: ours.appUrl,
      TEMPORAL_ADDRESS: engine.address,
      TEMPORAL_NAMESPACE: engine.namespace,
      COMPANY_ID: COMPANY,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      BLOB_DIR: blobs,
      ANCHOR_DIR: path.join(blobs, 'anchors'),
      ANCHOR_MAIL_TO: 'auditors@example.invalid',
      DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      HASH_KEY: randomBytes(32).toString('base64'),
      PAYLOAD_KEYS: engine.payloadKeys,
      ...(keysFile !== undefined && { KEYS_FILE: keysFile }),
      WEBHOOK_NETWORKS: '127.0.0.0/8',
      DEMO_CLOCK: 'on',
      LOG_LEVEL: 'silent',
      ...(options.consoleDir === undefined ? {} : { CONSOLE_DIR: options.consoleDir }),
    });
    const db = openDatabase(settings.DATABASE_URL, { maxConnections: 20 });
    closers.push(() => db.close());
    const vault = vaultOf(settings);
    await stockTown(db.tx.bind(db), ours.ownerUrl);
    const systems = realSystems(settings);
    const work = async () => {
      const worker = await startWorker({
        ...{ db, vault, systems, log },
        publicUrl: settings.PUBLIC_URL,
        companyId: COMPANY,
        temporalAddress: engine.address,
        namespace: engine.namespace,
        bundle: await buildWorkflowBundle(log),
      });
      closers.push(() => worker.close());
    };
    if (options.worker !== false) await work();
    else await ensureSchedules(engine.client, COMPANY);
    // A quarter of an hour that strikes in the middle of a test would find what is to be lost; tests trigger it.
    for (const id of scheduleIds(COMPANY)) await engine.client.schedule.getHandle(id).pause();
    const api = await startApi(
      { settings, db, vault, systems, temporal: engine.client, log },
      apiParts(settings, { requestsPerMinute: 100_000 }),
      { port: port ?? 0 },
    );
    closers.push(() => api.close());
    await district.setPublicUrl(api.url);
    const sim = simClient(district.origin);
    return { settings, db, vault, sim, engine, temporal: engine.client, apiUrl: api.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One look into the database as the whole company sees it. */
export const rowsOf = <R>(town: Town, sql: string, values: readonly unknown[] = []): Promise<R[]> =>
  town.db.tx(wholeCompany(COMPANY), (tx) => tx.rows<R>(sql, values));
