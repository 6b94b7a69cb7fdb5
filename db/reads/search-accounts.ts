import type { Tx } from '../database.ts';
import { wordOf, type Vault } from '../keys/vault.ts';

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

/** Under one key or several, while they change. Each way gives one page in order of number, so that a word every address has costs no more than a rare one. */
const search = (ways: number): string => `
with found as (
  (select account_id from accounts
    where account_no >= $1 and ($2::text is null or account_no < $2) and starts_with(account_no, $1) and account_no > $4
    order by account_no limit $5)
  union
  (select account_id from accounts where phone_hash = any ($3) and account_no > $4 order by account_no limit $5)
  ${[...Array(ways).keys()].map((at) => `union select account_id from accounts_with_words($${at + 6}::bigint[], $4, $5::integer)`).join('\n  ')})
select a.account_id as "accountId", a.account_no as "accountNo", a.centre_id as "centreId", a.category,
       a.name_enc as "nameEnc", a.address_enc as "addressEnc"
  from found join accounts a using (account_id) order by a.account_no limit $5`;

/** The first text behind all that begin with this one, in whatever order the database sorts; null = unknown. */
function behind(prefix: string): string | null {
  const last = prefix.search(/[0-8a-yA-Y][9zZ]*$/);
  if (last < 0) return null;
  return prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
}

/** By number (exact or beginning), phone (keyed hash), name or address (keyed bigrams; every pair must be there). */
export async function searchAccounts(
  tx: Tx,
  vault: Vault,
  query: { text: string; after: string; limit: number },
): Promise<AccountRow[]> {
  const text = query.text.trim();
  const words = vault.findBigrams(text).map((hashes) => hashes.map(wordOf));
  const { after, limit } = query;
  const values = [text, behind(text), vault.findExact(text), after, limit, ...words];
  const rows = await tx.rows<Row>(search(words.length), values);
  return rows.map(({ nameEnc, addressEnc, ...row }) => ({
    ...row,
    name: vault.open(nameEnc),
    address: vault.open(addressEnc),
  }));
}
