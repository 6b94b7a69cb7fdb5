import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '../../db/migrate.ts';
import { ensureDatabase, ensureRoles, withClient } from '../../tools/postgres/roles.ts';
import { removeLeftClusters } from '../../tools/postgres/left-clusters.ts';
import { startPostgres } from '../../tools/postgres/start-postgres.ts';
import { timedReport } from '../../tools/report.ts';
import { useOrStartTemporal } from '../../tools/temporal/start-temporal.ts';
import { templateDatabase, testPasswords } from './database.ts';

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

/** One PostgreSQL with a migrated template and one Temporal that can skip time, for the whole run. */
export default async function setup(): Promise<() => Promise<void>> {
  const report = timedReport();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-test-'));
  // As root, PostgreSQL runs as somebody else: with a way in, its cluster lies in this folder and goes with it.
  chmodSync(folder, 0o711);
  const stops: (() => Promise<void>)[] = [];
  const teardown = async (): Promise<void> => {
    for (const stop of stops.reverse()) await stop();
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    removeLeftClusters();
  };
  try {
    const [postgresStart, temporalStart] = await Promise.allSettled([
      startPostgres({ dataDir: path.join(folder, 'postgres'), durable: false }),
      useOrStartTemporal({
        dataDir: path.join(folder, 'temporal'),
        persistence: 'sqlite',
        timeSkipping: true,
        durable: false,
        report,
      }),
    ]);
    for (const start of [temporalStart, postgresStart])
      if (start.status === 'fulfilled') stops.push(start.value.stop);
    const postgres = valueOf(postgresStart);
    const temporal = valueOf(temporalStart);
    await ensureRoles(postgres.superuserUrl, testPasswords);
    const template = await ensureDatabase(postgres.superuserUrl, templateDatabase, testPasswords);
    await migrate(template.ownerUrl);
    await withClient(postgres.superuserUrl, (client) =>
      client.query(`alter database ${templateDatabase} with is_template true allow_connections false`),
    );
    process.env['FUDIAN_TEST_PG_URL'] = postgres.superuserUrl;
    process.env['TEMPORAL_ADDRESS'] = temporal.address;
    report('PostgreSQL and Temporal are up');
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}
