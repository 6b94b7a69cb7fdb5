import path from 'node:path';
import { migrate } from '../../db/migrate.ts';
import { ensureDatabase, ensureRoles } from '../postgres/roles.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import type { Report } from '../report.ts';
import type { StackSecrets } from './secrets.ts';

/** A migrated database, ours or somebody's. */
export interface StackDatabase {
  /** As the application's role. */
  readonly appUrl: string;
  /** For the tables of the simulated district. */
  readonly simUrl: string;
  /** Only where we run the server. */
  readonly superuserUrl?: string;
  stop(): Promise<void>;
}

async function given(appUrl: string, env: Record<string, string | undefined>): Promise<StackDatabase> {
  const ownerUrl = env['DATABASE_OWNER_URL'];
  if (ownerUrl === undefined)
    throw new Error(
      'DATABASE_URL is set, so DATABASE_OWNER_URL is needed too: migrations run as the owner of the schema',
    );
  await migrate(ownerUrl);
  return { appUrl, simUrl: env['SIM_DATABASE_URL'] ?? ownerUrl, stop: () => Promise.resolve() };
}

/** Uses DATABASE_URL when it is set, else runs PostgreSQL on the data folder; migrated on return. */
export async function openStackDatabase(
  dataDir: string,
  secrets: StackSecrets,
  env: Record<string, string | undefined>,
  report: Report,
): Promise<StackDatabase> {
  const url = env['DATABASE_URL'];
  if (url !== undefined && url !== '') {
    const database = await given(url, env);
    report('PostgreSQL: the one at DATABASE_URL, migrated');
    return database;
  }
  const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), durable: true });
  try {
    await ensureRoles(server.superuserUrl, secrets);
    const main = await ensureDatabase(server.superuserUrl, 'fudian', secrets);
    const sim = await ensureDatabase(server.superuserUrl, 'district', secrets);
    await migrate(main.ownerUrl);
    report(`PostgreSQL: up on port ${server.port}, migrated`);
    return {
      appUrl: main.appUrl,
      simUrl: sim.ownerUrl,
      superuserUrl: server.superuserUrl,
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
