import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { ownerRole, urlFor, appRole, withClient } from '../../tools/postgres/roles.ts';
import type { DatabaseUrls } from '../../tools/postgres/roles.ts';

/** Database with all migrations applied, copied for each test. */
export const templateDatabase = 'fudian_template';
/** Passwords of the roles in the throw-away cluster of a test run. */
export const testPasswords = { app: 'app', owner: 'owner' } as const;

const leakGraceMs = 2_000;
const isTemplateBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '55006';

/** A database of one test's own. */
export interface TestDatabase extends DatabaseUrls {
  /** As the superuser; for looking behind row-level security in assertions. */
  readonly superuserUrl: string;
  /** Removes it. @throws Error naming the connections that the test left open */
  drop(): Promise<void>;
}

function clusterUrl(): string {
  const url = process.env['FUDIAN_TEST_PG_URL'];
  if (url === undefined)
    throw new Error('FUDIAN_TEST_PG_URL is not set: this test belongs to the `real` project');
  return url;
}

async function clone(client: pg.Client, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`create database ${name} template ${templateDatabase} owner ${ownerRole}`);
      return;
    } catch (error) {
      // Somebody has just closed a connection to the template and the server has not noticed yet.
      if (!isTemplateBusy(error) || attempt === 20) throw error;
      await sleep(50);
    }
  }
}

interface Leak {
  readonly application: string;
  readonly role: string;
  readonly query: string;
}

async function openConnections(client: pg.Client, name: string): Promise<Leak[]> {
  const { rows } = await client.query<Leak>(
    `select application_name as application, usename as role, query from pg_stat_activity where datname = $1`,
    [name],
  );
  return rows;
}

async function dropChecked(superuserUrl: string, name: string): Promise<void> {
  const leaks = await withClient(superuserUrl, async (client) => {
    const deadlineMs = performance.now() + leakGraceMs;
    let open = await openConnections(client, name);
    // The server needs a moment to notice a connection that was closed just now.
    while (open.length > 0 && performance.now() < deadlineMs) {
      await sleep(20);
      open = await openConnections(client, name);
    }
    await client.query(`drop database ${name} with (force)`);
    return open;
  });
  if (leaks.length === 0) return;
  const lines = leaks.map(
    ({ application, role, query }) => `  ${role} (${application}): ${query.slice(0, 120)}`,
  );
  throw new Error(`${leaks.length} connection(s) left open at the end of the test:\n${lines.join('\n')}`);
}

/** Makes a migrated, empty database in some 50 ms; call `drop` at the end of the test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const superuser = clusterUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(superuser, (client) => clone(client, name));
  const { username, password } = new URL(superuser);
  return {
    ownerUrl: urlFor(superuser, name, ownerRole, testPasswords.owner),
    appUrl: urlFor(superuser, name, appRole, testPasswords.app),
    superuserUrl: urlFor(superuser, name, decodeURIComponent(username), decodeURIComponent(password)),
    drop: () => dropChecked(superuser, name),
  };
}
