import type { Tx } from '../../db/database.ts';
import type { Batch } from './prepare-batch.ts';
import {
  BILL_COLUMNS,
  CREATE_STAGE,
  END_AGREEMENTS,
  LOCK_ACCOUNTS,
  MERGE_ACCOUNTS,
  MERGE_BILLS,
  WRITE_AGREEMENTS,
  WRITE_SEARCH,
} from './merge-sql.ts';
import { ACCOUNT_COLUMNS } from './seal-account.ts';

/** Rows of a batch by what became of them. */
export interface Merged {
  rowsNew: number;
  rowsChanged: number;
  rowsSame: number;
}

interface Touched {
  is_new: boolean;
}

async function mergeAccounts(tx: Tx, companyId: string, namesAgreements: boolean): Promise<Set<string>> {
  const touched = await tx.rows<Touched & { account_id: string }>(MERGE_ACCOUNTS, [companyId]);
  const ids = touched.map((account) => account.account_id);
  const changed = touched.filter((account) => !account.is_new).map((account) => account.account_id);
  await tx.run(WRITE_SEARCH, [companyId, ids]);
  // A file without these columns says nothing about agreements.
  if (!namesAgreements) return new Set(ids);
  if (changed.length > 0) await tx.run(END_AGREEMENTS, [changed]);
  await tx.run(WRITE_AGREEMENTS, [companyId, ids]);
  return new Set(ids);
}

/** Merges a prepared batch into accounts, search, agreements and bills, under the locks of the accounts it touches. */
export async function mergeBatch(
  tx: Tx,
  companyId: string,
  batch: Batch,
  namesAgreements: boolean,
): Promise<Merged> {
  if (batch.rows.length === 0) return { rowsNew: 0, rowsChanged: 0, rowsSame: batch.same };
  await tx.run(CREATE_STAGE);
  await batch.accounts.send(tx.client, `stage_accounts (${ACCOUNT_COLUMNS})`);
  await batch.bills.send(tx.client, `stage_bills (${BILL_COLUMNS})`);
  if (batch.known.length > 0) await tx.run(LOCK_ACCOUNTS, [batch.known]);
  const accounts =
    batch.accounts.count > 0 ? await mergeAccounts(tx, companyId, namesAgreements) : new Set<string>();
  const bills =
    batch.bills.count > 0 ? await tx.rows<Touched & { bill_id: string }>(MERGE_BILLS, [companyId]) : [];
  const isNewByBill = new Map(bills.map((bill) => [bill.bill_id, bill.is_new]));
  const merged: Merged = { rowsNew: 0, rowsChanged: 0, rowsSame: batch.same };
  for (const { billId, accountId, carriesAccount } of batch.rows) {
    const isNew = isNewByBill.get(billId);
    if (isNew === true) merged.rowsNew += 1;
    else if (isNew === false || (carriesAccount && accounts.has(accountId))) merged.rowsChanged += 1;
    else merged.rowsSame += 1;
  }
  return merged;
}
