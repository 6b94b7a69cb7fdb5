import { createServer } from 'node:net';
import { once } from 'node:events';
import { pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { checkSchema } from '../db/check-schema.ts';
import { openDatabase, wholeCompany } from '../db/database.ts';
import { markIdKey } from '../db/keys/mark-id-key.ts';
import { vaultOf } from '../db/keys/vault.ts';
import { readSettings } from '../settings/settings.ts';
import { realSystems } from '../systems/assemble-real.ts';
import { installEngineLog } from './engine-log.ts';
import { serveMetrics } from './metrics/serve-metrics.ts';
import { startWorker } from './start-worker.ts';

/** A port on loopback that the engine's SDK can take for its own figures. */
async function freeLoopbackPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const settings = readSettings(process.env);
const log = pino({ name: 'worker', level: settings.LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
const engineMetrics = `127.0.0.1:${await freeLoopbackPort()}`;
installEngineLog(log, engineMetrics);
const registry = new Registry();
collectDefaultMetrics({ register: registry });
await checkSchema(settings.DATABASE_URL);
const db = openDatabase(settings.DATABASE_URL, { maxConnections: 30, name: 'fudian-worker' });
const vault = vaultOf(settings);
await markIdKey(db, wholeCompany(settings.COMPANY_ID), vault);
const worker = await startWorker({
  db,
  vault,
  systems: realSystems(settings),
  publicUrl: settings.PUBLIC_URL.replace(/\/$/, ''),
  companyId: settings.COMPANY_ID,
  temporalAddress: settings.TEMPORAL_ADDRESS,
  namespace: settings.TEMPORAL_NAMESPACE,
  log,
  registry,
});
const metrics = await serveMetrics({
  registry,
  port: settings.WORKER_PORT,
  host: process.env['API_HOST'] ?? '127.0.0.1',
  engineMetricsUrl: `http://${engineMetrics}/metrics`,
  isTakingWork: () => worker.isTakingWork(),
});
log.info({ metricsPort: metrics.port }, 'worker is ready');
process.send?.('ready');

let isClosing = false;
async function close(): Promise<void> {
  if (isClosing) return;
  isClosing = true;
  log.info('worker drains: takes no new step, ends those under way');
  await worker.close();
  await metrics.close();
  await db.close();
}
const end = (code: number) =>
  close().then(
    () => {
      log.info('worker has ended');
      process.exit(code);
    },
    (error: unknown) => {
      log.error({ error: String(error) }, 'worker did not end cleanly');
      process.exit(1);
    },
  );
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));
// A worker that has ended by itself does nothing any more: whoever supervises the process starts it anew.
void worker.failed.catch(() => end(1));
