import type { Tx } from '../database.ts';

/** An account as the procedure looks at it; nothing personal. */
export interface AccountRow {
  accountId: string;
  companyId: string;
  centreId: string;
  accountNo: string;
  region: string;
  customerClass: 'resident' | 'non-resident';
  category:
    | 'resident'
    | 'non-resident'
    | 'dedicated-transformer'
    | 'important'
    | 'continuous-process'
    | 'master-meter';
  meterNo: string;
  debtorId: string;
  readerId: string;
  remoteSwitch: boolean;
  protection: 'none' | 'registered' | null;
}

export type AccountKey = { accountId: string } | { accountNo: string };

/**
 * Locks one account until the transaction ends: the lock that makes "paid XOR permitted" true (T2.6). Everything that takes
 * money in or lets a crew act takes it before any other lock. Undefined: unknown, or outside the scope.
 */
export async function lockAccount(tx: Tx, key: AccountKey): Promise<AccountRow | undefined> {
  const column = 'accountId' in key ? 'account_id' : 'account_no';
  // "no key update": two takers still wait for each other, but rows that merely refer to the account do not.
  return tx.row<AccountRow>(
    `select account_id as "accountId", company_id as "companyId", centre_id as "centreId", account_no as "accountNo", region,
            customer_class as "customerClass", category, meter_no as "meterNo", debtor_id as "debtorId",
            reader_id as "readerId", remote_switch as "remoteSwitch", protection
       from accounts where ${column} = $1 for no key update`,
    ['accountId' in key ? key.accountId : key.accountNo],
  );
}
