import type { Connection } from '@temporalio/client';
import { openDatabase, wholeCompany } from '../../db/database.ts';
import type { Db } from '../../db/database.ts';
import { keysOf } from '../../db/keys/key-ring.ts';
import { connectEngine } from '../../engine/connect.ts';
import type { StackState } from '../../tools/stack/state.ts';
import { CliError, EXIT } from './exit.ts';

/** What stands behind the API of a demo server. */
export interface Behind {
  readonly connection: Connection;
  readonly namespace: string;
  readonly db: Db;
  readonly companyId: string;
}

/** Opens database and engine of a demo server for `work` and closes them again. @throws CliError on any other server */
export async function withBehind<T>(stack: StackState, work: (behind: Behind) => Promise<T>): Promise<T> {
  const { env } = stack;
  if (env['DEMO_CLOCK'] !== 'on')
    throw new CliError('Time moves by itself here: DEMO_CLOCK is off.', EXIT.refused);
  const db = openDatabase(env['DATABASE_URL'] ?? '', { maxConnections: 3, name: 'fudian-cli' });
  try {
    const connection = await connectEngine(env['TEMPORAL_ADDRESS'] ?? '', keysOf(env));
    try {
      const namespace = env['TEMPORAL_NAMESPACE'] ?? 'fudian';
      return await work({ connection, namespace, db, companyId: env['COMPANY_ID'] ?? 'company-1' });
    } finally {
      await connection.close();
    }
  } finally {
    await db.close();
  }
}

/** The id behind an account number. @throws CliError 2 when there is none */
export async function accountIdOf({ db, companyId }: Behind, accountNo: string): Promise<string> {
  const row = await db.tx(wholeCompany(companyId), (tx) =>
    tx.row<{ account_id: string }>(
      'select account_id from accounts where company_id = $1 and account_no = $2',
      [companyId, accountNo],
    ),
  );
  if (row === undefined) throw new CliError(`There is no account ${accountNo}.`, EXIT.usage);
  return row.account_id;
}
