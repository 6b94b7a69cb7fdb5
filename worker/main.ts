import { pino } from 'pino';
import { openDatabase } from '../db/database.ts';
import { openVault } from '../db/keys/vault.ts';
import { readSettings } from '../settings/settings.ts';
import { realSystems } from '../systems/assemble-real.ts';
import { startWorker } from './start-worker.ts';

const settings = readSettings(process.env);
const log = pino({ name: 'worker', level: settings.LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
const db = openDatabase(settings.DATABASE_URL, { maxConnections: 30, name: 'fudian-worker' });
const worker = await startWorker({
  db,
  vault: openVault(settings.DATA_KEYS, settings.HASH_KEY),
  systems: realSystems(settings),
  publicUrl: settings.PUBLIC_URL.replace(/\/$/, ''),
  companyId: settings.COMPANY_ID,
  temporalAddress: settings.TEMPORAL_ADDRESS,
  namespace: settings.TEMPORAL_NAMESPACE,
  log,
});
log.info('worker is ready');
process.send?.('ready');

let isClosing = false;
async function close(): Promise<void> {
  if (isClosing) return;
  isClosing = true;
  await worker.close();
  await db.close();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    void close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: String(error) }, 'worker did not end cleanly');
        process.exit(1);
      },
    );
  });
