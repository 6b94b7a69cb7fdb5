import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { copyRows, type CopyRows } from './copy-rows.ts';
import type { RejectCode } from './reject-texts.ts';
import type { BadRow, BillFacts, GoodRow } from './row.ts';
import { fingerprintOf, sealAccount } from './seal-account.ts';
import type { Seen } from './seen.ts';

/** What stays the same for all batches of a file. */
export interface BatchContext {
  readonly companyId: string;
  readonly vault: Vault;
  readonly hashBigrams: (text: string) => Buffer;
  readonly seenBills: Seen;
  readonly seenAccounts: Seen;
}

/** A batch ready to be merged: only what is new or different is in it. */
export interface Batch {
  readonly accounts: CopyRows;
  readonly bills: CopyRows;
  readonly bad: readonly BadRow[];
  /** Accounts of the rows that were stored already; the others are nobody's to wait for. */
  readonly known: readonly string[];
  /** Rows that repeat what is stored. */
  readonly same: number;
  /** The rows that are left, each with the account that came first with it. */
  readonly rows: readonly { billId: string; accountId: string; carriesAccount: boolean }[];
}

/** A row with what it is compared by: the account's words, and the bill as the database would say it. */
interface Worded extends GoodRow {
  readonly accountWords: string;
  readonly billWords: string;
}

interface Keyed extends Worded {
  readonly accountId: string;
  readonly fingerprint: string;
}

const bad = (row: GoodRow, field: 'bill_id' | 'account_no', code: RejectCode): BadRow => ({
  rowNo: row.rowNo,
  cells: row.cells,
  faults: [{ field, code }],
});

/** What the database says of a stored bill, in the words of import_known_bills. */
const asStored = (bill: BillFacts): string =>
  [
    bill.service,
    bill.period,
    bill.principalFen,
    bill.paidFen,
    bill.issuedOn,
    bill.dueOn,
    bill.disputed ? 't' : 'f',
  ].join('|');

/** Two rows of one file that contradict each other: the first stands, so that the file read again gives the same. */
function contradiction(context: BatchContext, row: Worded): BadRow | 'repeated' | undefined {
  const { account, bill } = row;
  const metAccount = context.seenAccounts.meet(account.accountNo, row.accountWords);
  if (metAccount === 'other') return bad(row, 'account_no', 'account-disagrees');
  const metBill = context.seenBills.meet(bill.billId, `${account.accountNo}|${row.billWords}`);
  if (metBill === 'other') return bad(row, 'bill_id', 'bill-twice');
  return metBill === 'same' ? 'repeated' : undefined;
}

interface Known {
  accounts: Map<string, { centre_id: string; file_fingerprint: string | null }>;
  bills: Map<string, { account_id: string; same_as: string }>;
}

async function readKnown(tx: Tx, rows: readonly Keyed[]): Promise<Known> {
  const accounts = await tx.rows<{ account_id: string; centre_id: string; file_fingerprint: string | null }>(
    'select * from import_known_accounts($1)',
    [[...new Set(rows.map((row) => row.accountId))]],
  );
  const bills = await tx.rows<{ bill_id: string; account_id: string; same_as: string }>(
    'select * from import_known_bills($1)',
    [rows.map((row) => row.bill.billId)],
  );
  return {
    accounts: new Map(accounts.map((account) => [account.account_id, account])),
    bills: new Map(bills.map((bill) => [bill.bill_id, bill])),
  };
}

function keyed(context: BatchContext, row: Worded, last: Keyed | undefined): Keyed {
  const { account } = row;
  // Files are mostly in the order of accounts, and rows of one account that got here agree.
  if (last?.account.accountNo === account.accountNo)
    return { ...row, accountId: last.accountId, fingerprint: last.fingerprint };
  return {
    ...row,
    accountId: context.vault.idOf('acc', context.companyId, account.accountNo),
    fingerprint: fingerprintOf(context.vault, context.companyId, row.accountWords),
  };
}

/** Sorts out what contradicts the file itself or what is stored, drops what is known already, and seals the rest. */
export async function prepareBatch(tx: Tx, context: BatchContext, rows: readonly GoodRow[]): Promise<Batch> {
  const refused: BadRow[] = [];
  const kept: Keyed[] = [];
  let same = 0;
  for (const read of rows) {
    const row = { ...read, accountWords: JSON.stringify(read.account), billWords: asStored(read.bill) };
    const found = contradiction(context, row);
    if (found === undefined) kept.push(keyed(context, row, kept.at(-1)));
    else if (found === 'repeated') same += 1;
    else refused.push(found);
  }
  const known = await readKnown(tx, kept);
  const [accounts, bills] = [copyRows(), copyRows()];
  const staged = new Set<string>();
  const left: { billId: string; accountId: string; carriesAccount: boolean }[] = [];
  for (const row of kept) {
    const { account, bill, accountId, fingerprint } = row;
    const stored = known.accounts.get(accountId);
    const storedBill = known.bills.get(bill.billId);
    if (stored !== undefined && stored.centre_id !== account.centreId) {
      refused.push(bad(row, 'account_no', 'account-of-another-centre'));
      continue;
    }
    if (storedBill !== undefined && storedBill.account_id !== accountId) {
      refused.push(bad(row, 'bill_id', 'bill-of-another-account'));
      continue;
    }
    const carriesAccount = stored?.file_fingerprint !== fingerprint && !staged.has(accountId);
    if (carriesAccount) {
      staged.add(accountId);
      const facts = { ...account, companyId: context.companyId, accountId, fingerprint };
      accounts.add(sealAccount(context.vault, context.hashBigrams, facts));
    }
    const isBillSame = storedBill?.same_as === row.billWords;
    if (!isBillSame)
      bills.add([
        bill.billId,
        accountId,
        account.centreId,
        bill.service,
        bill.period,
        bill.principalFen,
        bill.paidFen,
        { day: bill.issuedOn },
        { day: bill.dueOn },
        bill.disputed,
      ]);
    if (isBillSame && !carriesAccount) same += 1;
    else left.push({ billId: bill.billId, accountId, carriesAccount });
  }
  const knownIds = left.map(({ accountId }) => accountId).filter((id) => known.accounts.has(id));
  return { accounts, bills, bad: refused, known: [...new Set(knownIds)], same, rows: left };
}
