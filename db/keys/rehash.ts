import type { Db, Scope, Tx } from '../database.ts';
import type { JobOptions } from './reseal.ts';
import { wordOf, type Vault } from './vault.ts';

interface Row {
  accountId: string;
  companyId: string;
  centreId: string;
  nameEnc: Buffer;
  addressEnc: Buffer;
  phoneEnc: Buffer | null;
  phoneHash: Buffer | null;
  nameWords: string[];
  addressWords: string[];
}

const BATCH_ROWS = 500;
const MOST_ROUNDS = 50;

const SELECT = `
select account_id as "accountId", company_id as "companyId", centre_id as "centreId", name_enc as "nameEnc",
       address_enc as "addressEnc", phone_enc as "phoneEnc", phone_hash as "phoneHash",
       coalesce(name_words, '{}')::text[] as "nameWords", coalesce(address_words, '{}')::text[] as "addressWords"
  from accounts a left join account_search using (account_id, company_id, centre_id)
 where account_id > $1 order by account_id limit $2`;

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && new Set([...a, ...b]).size === new Set(a).size;

function wanted(vault: Vault, row: Row) {
  return {
    phone: row.phoneEnc === null ? null : vault.hashExact(vault.open(row.phoneEnc)),
    name: vault.hashBigrams(vault.open(row.nameEnc)).map(wordOf),
    address: vault.hashBigrams(vault.open(row.addressEnc)).map(wordOf),
  };
}

/** Hashes one account anew where its hashes are not those of the newest key. @returns whether they were not */
async function rehash(tx: Tx, vault: Vault, row: Row): Promise<boolean> {
  const { phone, name, address } = wanted(vault, row);
  const isPhoneSame = phone === null ? row.phoneHash === null : row.phoneHash?.equals(phone) === true;
  if (isPhoneSame && isSame(name, row.nameWords) && isSame(address, row.addressWords)) return false;
  await tx.run('update accounts set phone_hash = $2 where account_id = $1', [row.accountId, phone]);
  await tx.run(
    `insert into account_search (account_id, company_id, centre_id, name_words, address_words) values ($1, $2, $3, $4, $5)
     on conflict (account_id) do update set name_words = excluded.name_words, address_words = excluded.address_words`,
    [row.accountId, row.companyId, row.centreId, name, address],
  );
  return true;
}

async function round(db: Db, scope: Scope, vault: Vault, options: JobOptions): Promise<number> {
  let [after, changed] = ['', 0];
  for (;;) {
    const rows = await db.tx(scope, async (tx) => {
      const ids = await tx.rows<{ id: string }>(
        `select account_id as id from accounts where account_id > $1 order by account_id limit $2 for no key update`,
        [after, options.batchRows ?? BATCH_ROWS],
      );
      const found = await tx.rows<Row>(SELECT, [after, ids.length]);
      for (const row of found) if (await rehash(tx, vault, row)) changed += 1;
      return found;
    });
    const last = rows.at(-1);
    if (last === undefined) return changed;
    after = last.accountId;
    options.onProgress?.({ table: 'account_search', done: changed });
  }
}

/**
 * Hashes phones, names and addresses of every account anew under the newest hash key, until a whole round finds nothing left to
 * do: a search asks under every key, so each account is found before, meanwhile and after.
 * @returns accounts hashed anew
 */
export async function rehashSearch(
  db: Db,
  scope: Scope,
  vault: Vault,
  options: JobOptions = {},
): Promise<number> {
  for (let [all, rounds] = [0, 0]; ; rounds += 1) {
    const changed = await round(db, scope, vault, options);
    all += changed;
    if (changed === 0) return all;
    if (rounds === MOST_ROUNDS) throw new Error('somebody goes on hashing under an old key');
  }
}

/** Whether every account is hashed under the newest key. */
export async function isRehashed(db: Db, scope: Scope, vault: Vault): Promise<boolean> {
  for (let after = ''; ;) {
    const rows = await db.tx(scope, (tx) => tx.rows<Row>(SELECT, [after, BATCH_ROWS]));
    const last = rows.at(-1);
    if (last === undefined) return true;
    for (const row of rows) {
      const { phone, name, address } = wanted(vault, row);
      const isPhoneSame = phone === null ? row.phoneHash === null : row.phoneHash?.equals(phone) === true;
      if (!isPhoneSame || !isSame(name, row.nameWords) || !isSame(address, row.addressWords)) return false;
    }
    after = last.accountId;
  }
}
