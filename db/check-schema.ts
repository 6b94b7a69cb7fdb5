import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** What this code brings along, by number; one that is not there yet has to be run before it starts. */
function ownMigrations(): string[] {
  return readdirSync(fileURLToPath(new URL('./migrations', import.meta.url)))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.replace(/\.sql$/, ''))
    .sort();
}

/** This code and this database do not go together; nothing was touched. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}

const numberOf = (migration: string): number => Number(migration.slice(0, 4));

/**
 * Whether this version may work on the database as it is. A database that is ahead is fine as long as none of its newer
 * migrations asks for newer code (`schema_needs`), so that old and new versions run side by side during an upgrade.
 * @throws SchemaMismatch saying what to do
 */
export async function checkSchema(databaseUrl: string, migrations = ownMigrations()): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'fudian schema check' });
  await client.connect();
  try {
    const done = await client.query<{ name: string }>('select name from migrations');
    const known = new Set(done.rows.map(({ name }) => name));
    const missing = migrations.filter((name) => !known.has(name));
    if (missing.length > 0)
      throw new SchemaMismatch(
        `The database lacks ${missing.join(', ')}: run \`node tools/prepare.ts\` of this version first.`,
      );
    const needs = await client.query<{ oldest_code: number }>('select oldest_code from schema_needs');
    const newest = Math.max(...migrations.map(numberOf));
    const oldest = needs.rows[0]?.oldest_code ?? 0;
    if (newest < oldest)
      throw new SchemaMismatch(
        `The database was migrated for newer code (it needs ${oldest}, this version ends at ${newest}): start the newer version.`,
      );
  } finally {
    await client.end();
  }
}
