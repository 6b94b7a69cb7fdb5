import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '../../db/migrate.ts';
import { ensureDatabase, ensureRoles, withClient } from '../../tools/postgres/roles.ts';
import { removeLeftClusters } from '../../tools/postgres/left-clusters.ts';
import { startPostgres, type RunningPostgres } from '../../tools/postgres/start-postgres.ts';
import { startTemporal, type RunningTemporal } from '../../tools/temporal/start-temporal.ts';
import { templateDatabase, testPasswords } from '../support/database.ts';
import type { Part } from './stand.ts';

/** PostgreSQL and Temporal of a run of their own, careful as in production, to be killed and started again on the same data. */
export interface Servers {
  readonly database: Part;
  readonly engine: Part;
  stop(): Promise<void>;
}

function partOf(
  start: () => Promise<{ readonly pid: number | undefined; stop(): Promise<void> }>,
): Part & { stop(): Promise<void> } {
  let running: { readonly pid: number | undefined; stop(): Promise<void> } | undefined;
  let kills = 0;
  return {
    get kills() {
      return kills;
    },
    get isUp() {
      return running !== undefined;
    },
    get pid() {
      return running?.pid;
    },
    async kill() {
      if (running?.pid === undefined) return;
      kills += 1;
      process.kill(running.pid, 'SIGKILL');
      await running.stop().catch(() => undefined);
    },
    async start() {
      running = await start();
    },
    log: () => '',
    stop: async () => running?.stop(),
  };
}

/** Starts both; afterwards the test support finds them as it finds those of a test run. */
export async function startServers(): Promise<Servers> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-servers-'));
  let postgres: RunningPostgres | undefined;
  let temporal: RunningTemporal | undefined;
  const database = partOf(async () => {
    postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), durable: true });
    return postgres;
  });
  const engine = partOf(async () => {
    temporal = await startTemporal({
      ...{ dataDir: path.join(folder, 'temporal'), persistence: 'sqlite', timeSkipping: true, durable: true },
    });
    return temporal;
  });
  const stop = async (): Promise<void> => {
    await engine.stop();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
    removeLeftClusters();
  };
  try {
    await Promise.all([database.start(), engine.start()]);
    if (postgres === undefined || temporal === undefined) throw new Error('a server did not come up');
    await ensureRoles(postgres.superuserUrl, testPasswords);
    const template = await ensureDatabase(postgres.superuserUrl, templateDatabase, testPasswords);
    await migrate(template.ownerUrl);
    await withClient(postgres.superuserUrl, (client) =>
      client.query(`alter database ${templateDatabase} with is_template true allow_connections false`),
    );
    process.env['FUDIAN_TEST_PG_URL'] = postgres.superuserUrl;
    process.env['TEMPORAL_ADDRESS'] = temporal.address;
    return { database, engine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
