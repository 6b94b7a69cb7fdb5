import { Readable } from 'node:stream';
import { openDatabase, wholeCompany, type Db, type Scope, type Tx } from '../../../db/database.ts';
import { openVault } from '../../../db/keys/vault.ts';
import { importArrears, type ImportResult } from '../../../intake/import/import-arrears.ts';
import { mendFile } from '../../../intake/import/mend-file.ts';
import { createTestDatabase } from '../../support/database.ts';

export const COMPANY = 'company-1';
const key = Buffer.alloc(32, 5).toString('base64');
export const vault = openVault(`k1:${key}`, key);

export type FileInHand = string | Uint8Array | Iterable<Uint8Array> | Readable;

export interface Desk {
  readonly db: Db;
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  take(file: FileInHand, scope?: Scope): Promise<ImportResult>;
  mend(importId: string, locale?: 'zh' | 'en'): Promise<string>;
  /** `row field code` of every fault. */
  faults(importId: string): Promise<string[]>;
  count(table: 'accounts' | 'bills' | 'account_search' | 'agreed_addresses'): Promise<number>;
  close(): Promise<void>;
}

/** A company with two centres in an empty database. */
export async function openDesk(): Promise<Desk> {
  const database = await createTestDatabase();
  const db = openDatabase(database.appUrl, { maxConnections: 6, name: 'import test' });
  const tx: Desk['tx'] = (work) => db.tx(wholeCompany(COMPANY), work);
  await tx(async (t) => {
    await t.run(`insert into companies values ($1, '复电供电公司')`, [COMPANY]);
    await t.run(
      `insert into centres values ('centre-1', $1, '淮阴抄表中心', '淮阴区'), ('centre-2', $1, '清江浦抄表中心', '清江浦区')`,
      [COMPANY],
    );
  });
  const streamOf = (file: FileInHand): Readable => {
    if (file instanceof Readable) return file;
    if (typeof file === 'string') return Readable.from([Buffer.from(file, 'utf8')]);
    return Readable.from(file instanceof Uint8Array ? [file] : file);
  };
  return {
    db,
    tx,
    take: (file, scope = wholeCompany(COMPANY)) =>
      importArrears(
        { db, vault, scope },
        { stream: streamOf(file), fileName: 'arrears.csv', centreId: 'centre-1', by: 'clerk-chen' },
      ),
    mend: (importId, locale = 'zh') =>
      tx(async (t) => {
        let text = '';
        for await (const part of mendFile(t, vault, importId, locale)) text += part;
        return text;
      }),
    faults: (importId) =>
      tx(async (t) => {
        const rows = await t.rows<{ row_no: number; field: string; code: string }>(
          'select row_no, field, code from import_rejects where import_id = $1 order by row_no, field',
          [importId],
        );
        return rows.map(({ row_no: rowNo, field, code }) => `${rowNo} ${field} ${code}`);
      }),
    count: (table) =>
      tx(async (t) => (await t.row<{ n: number }>(`select count(*) as n from ${table}`))?.n ?? 0),
    async close() {
      await db.close();
      await database.drop();
    },
  };
}

const HEADER =
  'account_no,name,phone,email,address,class,category,meter_no,agreed_channel,agreed_on,protection,bill_id,service,period,principal,paid,issued,due,disputed';
const USUAL: Record<string, string> = {
  name: '王建国',
  address: '淮阴区长江路18号',
  class: 'resident',
  protection: 'none',
  service: 'electricity',
  principal: '100.00',
  paid: '0',
  issued: '2026-09-01',
  due: '2026-09-15',
};

/** A file of rows that differ from a usual one in what is given; account and bill number by the row. */
export function fileOf(...rows: Record<string, string>[]): string {
  const columns = HEADER.split(',');
  const lines = rows.map((row, index) => {
    const full: Record<string, string> = {
      account_no: `A${index + 1}`,
      meter_no: `M${row['account_no'] ?? index + 1}`,
      bill_id: `B${index + 1}`,
      ...USUAL,
      ...row,
    };
    return columns.map((column) => `"${(full[column] ?? '').replaceAll('"', '""')}"`).join(',');
  });
  return `${[HEADER, ...lines].join('\n')}\n`;
}
