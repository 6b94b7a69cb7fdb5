import { randomBytes } from 'node:crypto';
import { NativeConnection } from '@temporalio/worker';
import { migrate } from '../../../db/migrate.ts';
import { openDatabase } from '../../../db/database.ts';
import { vaultOf } from '../../../db/keys/vault.ts';
import { connectEngine, engineClient } from '../../../engine/connect.ts';
import { readSettings } from '../../../settings/settings.ts';
import { simClient } from '../../../sim/client.ts';
import type { Sim } from '../../../sim/start-sim.ts';
import { ensureDatabase, ensureRoles } from '../../../tools/postgres/roles.ts';
import { startPostgres, type RunningPostgres } from '../../../tools/postgres/start-postgres.ts';
import { fastForward, workflowClock } from '../../../tools/temporal/fast-forward.ts';
import { namespace, startTemporal, type RunningTemporal } from '../../../tools/temporal/start-temporal.ts';
import { ensureSchedules, scheduleIds } from '../../../worker/schedules.ts';
import { COMPANY, type Town } from '../../support/town/town.ts';

/** What outlives a loss of the servers: keys, addresses, proof files. */
export interface Kept {
  readonly apiPort: number;
  readonly blobs: string;
  readonly dataKeys: string;
  readonly hashKey: string;
}

const passwords = { app: 'app', owner: 'owner' } as const;

export const newKeys = (): Pick<Kept, 'dataKeys' | 'hashKey'> => ({
  dataKeys: `k1:${randomBytes(32).toString('base64')}`,
  hashKey: randomBytes(32).toString('base64'),
});

/** PostgreSQL with both databases, and Temporal on it, as in production: one cluster, one moment. */
export interface Servers {
  readonly postgres: RunningPostgres;
  readonly temporal: RunningTemporal;
  readonly appUrl: string;
  readonly ownerUrl: string;
}

export async function startServers(
  folders: { postgres: string; temporal: string },
  settings: Record<string, string>,
): Promise<Servers> {
  const postgres = await startPostgres({ dataDir: folders.postgres, durable: true, settings });
  await ensureRoles(postgres.superuserUrl, passwords);
  const urls = await ensureDatabase(postgres.superuserUrl, 'fudian', passwords);
  await migrate(urls.ownerUrl);
  const temporal = await startTemporal({
    dataDir: folders.temporal,
    persistence: 'postgres',
    postgresSuperuserUrl: postgres.superuserUrl,
    timeSkipping: true,
    historyShards: 4,
  });
  return { postgres, temporal, ...urls };
}

/** A town on these servers without worker and API of its own: they run as processes. */
export async function openHouse(servers: Servers, district: Sim, kept: Kept): Promise<Town> {
  const { address } = servers.temporal;
  const apiUrl = `http://127.0.0.1:${kept.apiPort}`;
  const settings = readSettings({
    ...district.env,
    DATABASE_URL: servers.appUrl,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    COMPANY_ID: COMPANY,
    PUBLIC_URL: apiUrl,
    API_PORT: String(kept.apiPort),
    BLOB_DIR: kept.blobs,
    DATA_KEYS: kept.dataKeys,
    HASH_KEY: kept.hashKey,
    WEBHOOK_NETWORKS: '127.0.0.0/8',
    DEMO_CLOCK: 'on',
    LOG_LEVEL: 'info',
  });
  const vault = vaultOf(settings);
  const connection = await connectEngine(address, vault.keys);
  const nativeConnection = await NativeConnection.connect({ address });
  const client = engineClient(connection, namespace);
  await ensureSchedules(client, COMPANY);
  for (const id of scheduleIds(COMPANY)) await client.schedule.getHandle(id).pause();
  const db = openDatabase(settings.DATABASE_URL, { maxConnections: 10 });
  return {
    settings,
    db,
    vault,
    sim: simClient(district.origin),
    engine: {
      ...{ address, namespace, connection, client, nativeConnection },
      ...{ payloadKeys: kept.dataKeys, keys: vault.keys },
      fastForward: (workflowId, durationMs) => fastForward(connection, namespace, workflowId, durationMs),
      clock: (workflowId) => workflowClock(connection, namespace, workflowId),
      close: () => Promise.resolve(),
    },
    temporal: client,
    apiUrl,
    async close() {
      await db.close();
      await nativeConnection.close();
      await connection.close();
    },
  };
}
