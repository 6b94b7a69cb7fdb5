import type { Db, Scope } from '../database.ts';
import type { Vault } from './vault.ts';

/**
 * The key of the ids is the one that the database was made with: with another one every account would be opened a second time.
 * @throws Error when it is another one
 */
export async function markIdKey(db: Db, scope: Scope, vault: Vault): Promise<void> {
  const mark = vault.idOf('mark', scope.companyId);
  const kept = await db.tx(scope, async (tx) => {
    await tx.run(
      'insert into id_key_marks (company_id, mark) values ($1, $2) on conflict (company_id) do nothing',
      [scope.companyId, mark],
    );
    return tx.row<{ mark: string }>('select mark from id_key_marks where company_id = $1', [scope.companyId]);
  });
  if (kept?.mark === mark) return;
  throw new Error(
    'ID_KEY (the oldest of HASH_KEY where it is left out) is not the key that this database was made with; put it back',
  );
}
