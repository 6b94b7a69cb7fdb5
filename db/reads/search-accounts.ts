import type { Tx } from '../database.ts';
import type { Vault } from '../keys/vault.ts';

export interface AccountRow {
  accountId: string;
  accountNo: string;
  centreId: string;
  category: string;
  name: string;
  address: string;
}

interface Row extends Omit<AccountRow, 'name' | 'address'> {
  nameEnc: Buffer;
  addressEnc: Buffer;
}

const COLUMNS = `a.account_id as "accountId", a.account_no as "accountNo", a.centre_id as "centreId", a.category,
       a.name_enc as "nameEnc", a.address_enc as "addressEnc"`;

/** By number (exact or beginning), phone (keyed hash), name or address (keyed bigrams; every pair must be there). */
export async function searchAccounts(
  tx: Tx,
  vault: Vault,
  query: { text: string; after: string; limit: number },
): Promise<AccountRow[]> {
  const text = query.text.trim();
  const grams = vault.hashBigrams(text);
  const rows = await tx.rows<Row>(
    `with found as (
       select account_id from accounts where account_no like $1 || '%'
       union select account_id from accounts where phone_hash = $2
       union select account_id from account_search where hash = any ($3)
              group by account_id, field having count(*) = $4 and $4 > 0)
     select ${COLUMNS} from found join accounts a using (account_id)
      where a.account_no > $5 order by a.account_no limit $6`,
    [text.replaceAll(/[%_\\]/g, ''), vault.hashExact(text), grams, grams.length, query.after, query.limit],
  );
  return rows.map(({ nameEnc, addressEnc, ...row }) => ({
    ...row,
    name: vault.open(nameEnc),
    address: vault.open(addressEnc),
  }));
}
