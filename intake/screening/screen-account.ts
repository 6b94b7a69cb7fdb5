import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { FACTS_OF_PAGE, judge, policyReader, type FactsRow, type Screened } from './read-facts.ts';

export type { Screened } from './read-facts.ts';

const FACTS = `with page as (select a.*, $2::timestamptz as now_at from accounts a where a.account_id = $1) ${FACTS_OF_PAGE}`;

/** Screens one account of the scope (T2.0, L2.30, L10–L12); stores nothing. `nowMs`: the account's case time. @throws Error for an unknown account */
export async function screenAccount(
  tx: Tx,
  _vault: Vault,
  accountId: string,
  nowMs: number,
): Promise<Screened> {
  const row = await tx.row<FactsRow>(FACTS, [accountId, new Date(nowMs).toISOString()]);
  if (row === undefined) throw new Error(`account ${accountId} is not stored`);
  return judge(row, await policyReader(tx)(row));
}
