import type { Tx } from '../database.ts';

export interface OpenCase {
  caseId: string;
  companyId: string;
  centreId: string;
  accountId: string;
  stage: string;
  attempt: number;
  /** The policy the case started with, as stored. */
  policy: unknown;
}

/** The account's open case; there is never more than one. */
export async function readOpenCase(tx: Tx, accountId: string): Promise<OpenCase | undefined> {
  return tx.row<OpenCase>(
    `select case_id as "caseId", company_id as "companyId", centre_id as "centreId", account_id as "accountId", stage, attempt, policy
       from cases where account_id = $1 and status = 'open'`,
    [accountId],
  );
}
