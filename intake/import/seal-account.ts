import type { Vault } from '../../db/keys/vault.ts';
import type { CopyValue } from './copy-rows.ts';
import type { AccountFacts } from './row.ts';

/** Keyed hash of what a file says of an account; the same words give the same, sealed bytes never do. */
export const fingerprintOf = (vault: Vault, companyId: string, words: string): string =>
  vault.idOf('file', companyId, words);

/** Distinct pairs of letters that are remembered; those of a city's names and addresses fit many times. */
const REMEMBERED = 200_000;

/** Hashes for search as the vault makes them, each pair of letters hashed once (an address has 20, a city repeats them). */
export function bigramHasher(vault: Vault): (text: string) => Buffer {
  const known = new Map<string, Buffer>();
  let keys = vault.keys.current();
  const hashOf = (pair: string): Buffer => {
    const found = known.get(pair);
    if (found !== undefined) return found;
    if (known.size >= REMEMBERED) known.clear();
    const hash = Buffer.concat(vault.hashBigrams(pair));
    known.set(pair, hash);
    return hash;
  };
  return (text) => {
    // What was hashed before the keys changed is not found under the new one.
    if (keys !== vault.keys.current()) known.clear();
    keys = vault.keys.current();
    const letters = [...text.normalize('NFKC').replace(/\s/g, '')];
    const pairs =
      letters.length === 1 ? letters : letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
    return Buffer.concat([...new Set(pairs)].map(hashOf));
  };
}

/** Columns of the staged accounts, in the order of `sealAccount`. */
export const ACCOUNT_COLUMNS = `account_id, centre_id, account_no, region, customer_class, category, meter_no, debtor_id, reader_id,
  name_enc, phone_enc, email_enc, address_enc, phone_hash, capacity_kva, remote_switch, prepaid_contract, protection,
  file_fingerprint, name_words, address_words, agreed_channel, agreed_on, agreed_enc`;

/** A customer number stays as billing knows it, unless it could be a person's identity number; without one: who has the account now. */
function debtorId(vault: Vault, companyId: string, account: AccountFacts): string {
  const { debtor } = account;
  if (debtor === '') return vault.idOf('deb', companyId, account.accountNo, account.name);
  return /^[\w-]{1,40}$/.test(debtor) && !/^\d{17}[\dXx]$|^\d{15}$/.test(debtor)
    ? debtor
    : vault.idOf('deb', companyId, debtor);
}

/** Seals the personal part of an account and hashes it for search (K4.3): a row of the stage. */
export function sealAccount(
  vault: Vault,
  hashBigrams: (text: string) => Buffer,
  account: AccountFacts & { companyId: string; accountId: string; fingerprint: string },
): CopyValue[] {
  const agreedAddress = { sms: account.phone, email: account.email }[account.agreedChannel ?? 'sms'];
  const isAgreed = account.agreedChannel !== null && account.agreedOn !== null && agreedAddress !== null;
  return [
    account.accountId,
    account.centreId,
    account.accountNo,
    account.region,
    account.customerClass,
    account.category,
    account.meterNo,
    debtorId(vault, account.companyId, account),
    account.readerId,
    vault.seal(account.name),
    account.phone === null ? null : vault.seal(account.phone),
    account.email === null ? null : vault.seal(account.email),
    vault.seal(account.address),
    account.phone === null ? null : vault.hashExact(account.phone),
    account.capacityKva,
    account.remoteSwitch,
    account.prepaid,
    account.protection,
    account.fingerprint,
    { words: hashBigrams(account.name) },
    { words: hashBigrams(account.address) },
    isAgreed ? account.agreedChannel : null,
    isAgreed && account.agreedOn !== null ? { day: account.agreedOn } : null,
    isAgreed && agreedAddress !== null ? vault.seal(agreedAddress) : null,
  ];
}
