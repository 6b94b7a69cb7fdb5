import { openDatabase, wholeCompany } from '../../db/database.ts';
import type { Db, Scope } from '../../db/database.ts';
import { vaultOf, type Vault } from '../../db/keys/vault.ts';
import type { World } from './command.ts';
import { CliError, EXIT } from './exit.ts';
import { dataDirOf } from './target.ts';
import { readState } from '../../tools/stack/state.ts';

/** Database, keys and settings of an installation, for what its keeper does beside the API. */
export interface Installation {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly db: Db;
  readonly vault: Vault;
  readonly companyId: string;
  readonly scope: Scope;
}

/** The environment where DATABASE_URL is set (the worker's own settings), else the stack of this machine. */
function settingsOf(world: World): Readonly<Record<string, string | undefined>> {
  if ((world.env['DATABASE_URL'] ?? '') !== '') return world.env;
  const stack = readState(dataDirOf(world.env));
  if (stack !== undefined) return stack.env;
  throw new CliError(
    'Set DATABASE_URL and the keys as the worker has them, or start a stack with `npm start`.',
    EXIT.usage,
  );
}

/** Opens the installation for `work` and closes it again. @throws CliError 2 where there is none */
export async function withInstallation<T>(
  world: World,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const env = settingsOf(world);
  const companyId = env['COMPANY_ID'] ?? 'company-1';
  const vault = vaultOf(env);
  const db = openDatabase(env['DATABASE_URL'] ?? '', { maxConnections: 3, name: 'fudian-keeper' });
  try {
    return await work({ env, db, vault, companyId, scope: wholeCompany(companyId) });
  } finally {
    await db.close();
  }
}
