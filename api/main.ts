import { pino } from 'pino';
import { checkSchema } from '../db/check-schema.ts';
import { openDatabase, wholeCompany } from '../db/database.ts';
import { markIdKey } from '../db/keys/mark-id-key.ts';
import { vaultOf } from '../db/keys/vault.ts';
import { connectEngine, engineClient } from '../engine/connect.ts';
import { readSettings } from '../settings/settings.ts';
import { realSystems } from '../systems/assemble-real.ts';
import { apiParts } from './assemble.ts';
import { startApi } from './server.ts';

const settings = readSettings(process.env);
const log = pino({ name: 'api', level: settings.LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
await checkSchema(settings.DATABASE_URL);
const db = openDatabase(settings.DATABASE_URL, { maxConnections: 20, name: 'fudian-api' });
const vault = vaultOf(settings);
await markIdKey(db, wholeCompany(settings.COMPANY_ID), vault);
const connection = await connectEngine(settings.TEMPORAL_ADDRESS, vault.keys);
const api = await startApi(
  {
    settings,
    db,
    vault,
    systems: realSystems(settings),
    temporal: engineClient(connection, settings.TEMPORAL_NAMESPACE),
    log,
  },
  apiParts(settings),
  {
    port: settings.API_PORT,
    ...(process.env['API_HOST'] === undefined ? {} : { host: process.env['API_HOST'] }),
  },
);
log.info({ url: api.url }, 'API is ready');
process.send?.('ready');

let isClosing = false;
async function close(): Promise<void> {
  if (isClosing) return;
  isClosing = true;
  await api.close();
  await connection.close();
  await db.close();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    void close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: String(error) }, 'API did not end cleanly');
        process.exit(1);
      },
    );
  });
