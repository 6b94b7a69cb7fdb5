/** The worker's part of the bench, on a thread of its own as it is a process of its own elsewhere: the outbox, with its own connections. */
import { parentPort, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import { vaultOf } from '../../db/keys/vault.ts';
import { openDatabase } from '../../db/database.ts';
import { fixedKeys } from '../../db/keys/key-ring.ts';
import { connectEngine, engineClient } from '../../engine/connect.ts';
import type { Settings } from '../../settings/settings.ts';
import { realSystems } from '../../systems/assemble-real.ts';
import { startDispatcher } from '../../worker/outbox/dispatcher.ts';

export interface Carrier {
  readonly settings: Settings;
  readonly companyId: string;
  readonly namespace: string;
  readonly payloadKeys: string;
}

const { settings, companyId, namespace, payloadKeys } = workerData as Carrier;
const db = openDatabase(settings.DATABASE_URL, { maxConnections: 30, name: 'fudian-worker' });
const keys = fixedKeys({ dataKeys: payloadKeys, hashKey: settings.HASH_KEY });
const connection = await connectEngine(settings.TEMPORAL_ADDRESS, keys);
const dispatcher = await startDispatcher(
  {
    db: db.prepared,
    vault: vaultOf(settings),
    systems: realSystems(settings),
    publicUrl: settings.PUBLIC_URL,
    temporal: engineClient(connection, namespace),
  },
  companyId,
  pino({ level: 'silent' }),
);
parentPort?.postMessage('ready');
parentPort?.once('message', () => {
  void (async () => {
    await dispatcher.close();
    await connection.close();
    await db.close();
    parentPort?.postMessage('closed');
  })();
});
