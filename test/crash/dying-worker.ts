/** The worker of production, but that it dies once at each chosen point (DIES_AT, DIES_IN). */
import { pino } from 'pino';
import { openDatabase } from '../../db/database.ts';
import { vaultOf } from '../../db/keys/vault.ts';
import { readSettings } from '../../settings/settings.ts';
import { realSystems } from '../../systems/assemble-real.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { dyingActivities, dyingSystems } from './points.ts';

const settings = readSettings(process.env);
const log = pino({ name: 'worker', level: settings.LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
const folder = process.env['DIES_IN'] ?? '';
const chosen = new Set((process.env['DIES_AT'] ?? '').split(','));
const deps = {
  db: openDatabase(settings.DATABASE_URL, { maxConnections: 30, name: 'fudian-worker' }),
  vault: vaultOf(settings),
  systems: dyingSystems(realSystems(settings), folder, chosen),
  publicUrl: settings.PUBLIC_URL,
};
await startWorker({
  ...deps,
  ...{ companyId: settings.COMPANY_ID, temporalAddress: settings.TEMPORAL_ADDRESS },
  ...{ namespace: settings.TEMPORAL_NAMESPACE, log },
  around: (acts) => dyingActivities(acts, folder, chosen),
});
