import type { Tx } from '../database.ts';
import { wordOf, type Vault } from '../keys/vault.ts';

export interface AccountRow {
  accountId: string;
  accountNo: string;
  centreId: string;
  category: string;
  name: string;
  address: string;
  openCaseId: string | null;
  isStopped: boolean;
}

interface Row extends Omit<AccountRow, 'name' | 'address'> {
  nameEnc: Buffer;
  addressEnc: Buffer;
}

const WORDS = 3;

/** Words that each have to be there; of more than three the longest. Keyed pairs know no single letter: it is left out. */
function wordsOf(text: string): string[] {
  const parts = text.split(/\s+/).filter((part) => [...part].length > 1);
  return parts.length === 0 ? [text] : parts.toSorted((a, b) => b.length - a.length).slice(0, WORDS);
}

/** One way for one word, another for several; `at` is the first of its parameters. */
const way = (words: number, at: number): string =>
  words === 1
    ? `select account_id from accounts_with_words($${at}::bigint[], $4, $5::integer)`
    : `select account_id from accounts_with_each($${at}::bigint[], $${at + 1}::bigint[], $${at + words - 1}::bigint[], $4, $5::integer)`;

/** Under one key or several, while they change. Each way gives one page in order of number, so that a word every address has costs no more than a rare one. */
const search = (ways: number, words: number): string => `
with found as (
  (select account_id from accounts
    where account_no >= $1 and ($2::text is null or account_no < $2) and starts_with(account_no, $1) and account_no > $4
    order by account_no limit $5)
  union
  (select account_id from accounts where phone_hash = any ($3) and account_no > $4 order by account_no limit $5)
  ${[...Array(ways).keys()].map((one) => `union ${way(words, one * words + 6)}`).join('\n  ')})
select a.account_id as "accountId", a.account_no as "accountNo", a.centre_id as "centreId", a.category,
       a.name_enc as "nameEnc", a.address_enc as "addressEnc",
       (select c.case_id from cases c where c.account_id = a.account_id and c.status = 'open') as "openCaseId",
       exists (select from stops s where s.account_id = a.account_id and s.in_force) as "isStopped"
  from found join accounts a using (account_id) order by a.account_no limit $5`;

/** The first text behind all that begin with this one, in whatever order the database sorts; null = unknown. */
function behind(prefix: string): string | null {
  const last = prefix.search(/[0-8a-yA-Y][9zZ]*$/);
  if (last < 0) return null;
  return prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
}

/** By number (exact or beginning), whole phone (keyed hash), parts of name or address (keyed bigrams; every pair must be there). */
export async function searchAccounts(
  tx: Tx,
  vault: Vault,
  query: { text: string; after: string; limit: number },
): Promise<AccountRow[]> {
  const text = query.text.trim();
  const parts = wordsOf(text).map((part) => vault.findBigrams(part).map((hashes) => hashes.map(wordOf)));
  const ways = parts[0]?.length ?? 0;
  const { after, limit } = query;
  const keyed = [...Array(ways).keys()].flatMap((key) => parts.map((part) => part[key]));
  const values = [text, behind(text), vault.findExact(text), after, limit, ...keyed];
  const rows = await tx.rows<Row>(search(ways, parts.length), values);
  return rows.map(({ nameEnc, addressEnc, ...row }) => ({
    ...row,
    name: vault.open(nameEnc),
    address: vault.open(addressEnc),
  }));
}
