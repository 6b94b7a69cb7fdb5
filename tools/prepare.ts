import { Connection } from '@temporalio/client';
import pg from 'pg';
import { APP_ROLE, migrate } from '../db/migrate.ts';
import { withClient } from './postgres/roles.ts';
import { timedReport } from './report.ts';
import { ensureNamespace } from './temporal/namespace.ts';

/** Makes a database and an engine of one's own ready: migrations, the application's login, the namespace. Safe to repeat. */
async function prepare(env: NodeJS.ProcessEnv): Promise<void> {
  const report = timedReport();
  const need = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`${name} is not set`);
    return value;
  };
  const ownerUrl = need('DATABASE_OWNER_URL');
  const app = new URL(need('DATABASE_URL'));
  await migrate(ownerUrl);
  if (decodeURIComponent(app.username) === APP_ROLE && app.password !== '')
    await withClient(ownerUrl, (client) =>
      client.query(`alter role ${APP_ROLE} password ${pg.escapeLiteral(decodeURIComponent(app.password))}`),
    );
  report('database: migrated, the application can log in');
  const connection = await Connection.connect({ address: need('TEMPORAL_ADDRESS') });
  try {
    await ensureNamespace(connection, env['TEMPORAL_NAMESPACE'] ?? 'fudian');
  } finally {
    await connection.close();
  }
  report('Temporal: namespace ready');
}

await prepare(process.env);
