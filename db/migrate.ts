import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

/** Name of the role the application logs in as; it owns nothing and cannot bypass row-level security. */
export const APP_ROLE = 'fudian_app';

async function ensureAppRole(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [APP_ROLE]);
    if (rowCount === 0)
      await client.query(`create role ${APP_ROLE} login nosuperuser nobypassrls nocreatedb`);
  } finally {
    await client.end();
  }
}

/** Brings the database up to the newest migration; safe to call at every start and from several processes at once. */
export async function migrate(ownerUrl: string): Promise<void> {
  await ensureAppRole(ownerUrl);
  await runner({
    databaseUrl: ownerUrl,
    dir: fileURLToPath(new URL('./migrations', import.meta.url)),
    direction: 'up',
    migrationsTable: 'migrations',
    checkOrder: true,
    log: () => undefined,
  });
}
