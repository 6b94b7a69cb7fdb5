import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { judge, policyReader, readFacts, TO_SCREEN, type Screened, type ToScreen } from './read-facts.ts';

export type { Screened } from './read-facts.ts';

const ACCOUNT = `select ${TO_SCREEN}, $2::timestamptz as now_at from accounts a where a.account_id = $1`;

/** Screens one account of the scope (T2.0, L2.30, L10–L12); stores nothing. `nowMs`: the account's case time. @throws Error for an unknown account */
export async function screenAccount(
  tx: Tx,
  _vault: Vault,
  accountId: string,
  nowMs: number,
): Promise<Screened> {
  const accounts = await tx.rows<ToScreen>(ACCOUNT, [accountId, new Date(nowMs).toISOString()]);
  const [row] = await readFacts(tx, accounts);
  if (row === undefined) throw new Error(`account ${accountId} is not stored`);
  return judge(row, await policyReader(tx)(row));
}
