import { randomBytes } from 'node:crypto';
import { openDatabase, wholeCompany, type Db, type Tx } from '../../../db/database.ts';
import { openVault, type Vault } from '../../../db/keys/vault.ts';
import { createTestDatabase } from '../../support/database.ts';
import { stockTown } from '../../support/town/stock.ts';

export const COMPANY = 'company-1';

/** A database with a company, and nobody else: no engine, no district. */
export interface Books {
  readonly db: Db;
  readonly vault: Vault;
  readonly ownerUrl: string;
  readonly appUrl: string;
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openBooks(): Promise<Books> {
  const database = await createTestDatabase();
  const db = openDatabase(database.appUrl, { maxConnections: 6 });
  const vault = openVault(`k1:${randomBytes(32).toString('base64')}`, randomBytes(32).toString('base64'));
  await stockTown(db.tx.bind(db), database.ownerUrl);
  return {
    db,
    vault,
    ownerUrl: database.ownerUrl,
    appUrl: database.appUrl,
    tx: (work) => db.tx(wholeCompany(COMPANY), work),
    async close() {
      await db.close();
      await database.drop();
    },
  };
}

/** What a test says of an account; the rest is ordinary. */
export interface AccountWish {
  readonly accountId: string;
  readonly centreId?: string;
  readonly customerClass?: 'resident' | 'non-resident';
  readonly category?: string;
  readonly capacityKva?: number;
}

export async function putAccounts(books: Books, wishes: readonly AccountWish[]): Promise<void> {
  const sealed = books.vault.seal('张三');
  const address = books.vault.seal('淮阴区长江路1号');
  await books.tx(async (tx) => {
    for (const wish of wishes)
      await tx.run(
        `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no,
                               debtor_id, reader_id, name_enc, address_enc, capacity_kva, protection)
         values ($1, $2, $3, $4, '淮阴区', $5, $6, $7, $8, 'reader-zhang', $9, $10, $11, 'none')`,
        [
          wish.accountId,
          COMPANY,
          wish.centreId ?? 'centre-1',
          `no-${wish.accountId}`,
          wish.customerClass ?? 'resident',
          wish.category ?? wish.customerClass ?? 'resident',
          `M-${wish.accountId}`,
          `debtor-${wish.accountId}`,
          sealed,
          address,
          wish.capacityKva ?? null,
        ],
      );
  });
}

export interface BillWish {
  readonly billId: string;
  readonly accountId: string;
  readonly principalFen?: number;
  readonly paidFen?: number;
  readonly issuedOn?: string;
  readonly dueOn: string;
  readonly settledOn?: string | null;
  readonly disputed?: boolean;
  readonly service?: string;
}

export async function putBills(books: Books, bills: readonly BillWish[]): Promise<void> {
  await books.tx((tx) =>
    tx.run(
      `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on,
                          disputed, settled_on)
       select $1, (select centre_id from accounts a where a.account_id = x."accountId"), "billId", "accountId",
              coalesce(service, 'electricity'), to_char("dueOn", 'YYYY-MM'), coalesce("principalFen", 10000),
              coalesce("paidFen", 0), coalesce("issuedOn", "dueOn" - 15), "dueOn", coalesce(disputed, false), "settledOn"
         from jsonb_to_recordset($2::jsonb) as x ("billId" text, "accountId" text, service text, "principalFen" bigint,
              "paidFen" bigint, "issuedOn" date, "dueOn" date, disputed boolean, "settledOn" date)`,
      [COMPANY, JSON.stringify(bills)],
    ),
  );
}

let nextRecord = 0;

export async function putRecord(
  books: Books,
  record: { accountId: string; kind: string; occurredOn: string; confirmed?: boolean; outcome?: string },
): Promise<string> {
  nextRecord += 1;
  const recordId = `record-${nextRecord}`;
  const { accountId, kind, occurredOn, confirmed = true, outcome = null } = record;
  await books.tx((tx) =>
    tx.run(
      `insert into credit_records (record_id, company_id, centre_id, account_id, kind, occurred_on, confirmed, decision_no, outcome,
                                   detail_enc, source, source_name, source_ref, recorded_by)
       select $1, company_id, centre_id, account_id, $3, $4, $5, $6, $7, $8, 'own', 'test', $1, 'tester'
         from accounts where account_id = $2`,
      [
        recordId,
        accountId,
        kind,
        occurredOn,
        confirmed,
        confirmed ? `决 ${nextRecord}` : null,
        outcome,
        books.vault.sealJson({ words: '检查发现' }),
      ],
    ),
  );
  return recordId;
}
