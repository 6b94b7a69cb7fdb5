import type { Tx } from '../database.ts';

export interface AccountHead {
  accountId: string;
  accountNo: string;
  centreId: string;
}

/** An account of the scope by its number. */
export function findAccount(tx: Tx, accountNo: string): Promise<AccountHead | undefined> {
  return tx.row<AccountHead>(
    `select account_id as "accountId", account_no as "accountNo", centre_id as "centreId" from accounts where account_no = $1`,
    [accountNo],
  );
}
