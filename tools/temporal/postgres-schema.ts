import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withClient } from '../postgres/roles.ts';
import type { Report } from '../report.ts';
import { findSqlTool } from './find-program.ts';

const execute = promisify(execFile);
const schemas = [
  { database: 'temporal', schema: 'postgresql/v12/temporal' },
  { database: 'temporal_visibility', schema: 'postgresql/v12/visibility' },
] as const;

/** Creates Temporal's two databases and brings their schemas up to date; harmless to repeat. */
export async function preparePostgresSchema(
  serverPath: string,
  superuserUrl: string,
  report: Report,
): Promise<void> {
  const tool = await findSqlTool(serverPath, report);
  const url = new URL(superuserUrl);
  const login = [
    ...['--plugin', 'postgres12', '--ep', url.hostname, '-p', url.port],
    ...['-u', decodeURIComponent(url.username), '--pw', decodeURIComponent(url.password)],
  ];
  for (const { database, schema } of schemas) {
    const isThere = await withClient(superuserUrl, async (client) => {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
      return rowCount === 1;
    });
    const run = (...args: string[]) => execute(tool, [...login, '--db', database, ...args]);
    if (!isThere) {
      await run('create');
      await run('setup-schema', '-v', '0.0');
    }
    await run('update-schema', '--schema-name', schema);
  }
}
