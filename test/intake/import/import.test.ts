import { createReadStream, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { searchAccounts } from '../../../db/reads/search-accounts.ts';
import { importArrears } from '../../../intake/import/import-arrears.ts';
import { arrearsHeaders } from '../../../sim/billing/arrears-file.ts';
import { encodeGb18030 } from '../../../sim/billing/gb18030.ts';
import { COMPANY, fileOf, openDesk, vault, type Desk } from './district.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const counts = (rowsNew: number, rowsChanged: number, rowsSame: number, rowsBad: number) => ({
  rowsRead: rowsNew + rowsChanged + rowsSame + rowsBad,
  rowsNew,
  rowsChanged,
  rowsSame,
  rowsBad,
});

test('the example goes in, in UTF-8 and in GB18030, and twice changes nothing', async () => {
  expect(await desk.take(readFileSync('examples/arrears.csv'))).toMatchObject(counts(12, 0, 0, 0));
  expect(await desk.count('accounts')).toBe(10);
  const before = await desk.tx((tx) => tx.rows('select * from accounts, bills order by account_no, bill_id'));
  expect(await desk.take(readFileSync('examples/arrears.csv'))).toMatchObject(counts(0, 0, 12, 0));
  expect(await desk.take(readFileSync('examples/arrears-gb18030.csv'))).toMatchObject(counts(0, 0, 12, 0));
  expect(
    await desk.tx((tx) => tx.rows('select * from accounts, bills order by account_no, bill_id')),
  ).toEqual(before);
});

test('what is stored is what stood in the file, sealed, and is found by name, address and phone (K4.3)', async () => {
  await desk.take(readFileSync('examples/arrears-gb18030.csv'));
  const rows = await desk.tx((tx) =>
    tx.rows<Record<string, unknown>>(`select * from accounts where account_no = '320800900006'`),
  );
  const [account] = rows;
  expect(account).toMatchObject({
    account_id: vault.idOf('acc', COMPANY, '320800900006'),
    centre_id: 'centre-2',
    region: '清江浦区',
    customer_class: 'non-resident',
    category: 'dedicated-transformer',
    meter_no: 'M900006',
    reader_id: 'reader-wang',
    debtor_id: 'K900006',
    capacity_kva: 630,
    remote_switch: false,
    protection: 'none',
  });
  expect(vault.open(account?.['name_enc'] as Buffer)).toBe('清江纺织有限公司');
  expect(vault.open(account?.['phone_enc'] as Buffer)).toBe('13900090006');
  expect(JSON.stringify(rows)).not.toContain('13900090006');
  const bill = await desk.tx((tx) => tx.row(`select * from bills where bill_id = 'B202608-900006'`));
  expect(bill).toMatchObject({
    service: 'electricity',
    period: '2026-08',
    principal_fen: 12_638_040,
    paid_fen: 2_000_000,
    issued_on: '2026-09-01',
    due_on: '2026-09-15',
    disputed: false,
  });
  const agreed = await desk.tx((tx) =>
    tx.rows<{ channel: string; agreed_on: string; address_enc: Buffer }>(
      `select g.* from agreed_addresses g join accounts using (account_id) where account_no = '320800900006'`,
    ),
  );
  expect(agreed).toMatchObject([{ channel: 'email', agreed_on: '2023-09-18' }]);
  expect(vault.open(agreed[0]?.address_enc ?? Buffer.alloc(0))).toBe('dianfei@qjfz.example');
  for (const text of [
    '清江纺织',
    '李䶮',
    '人民路2号',
    '139-0009-0006',
    '139 0009 0006',
    '李䶮 北京东路',
    '后院 平房 人民路 陈秀英',
  ]) {
    const found = await desk.tx((tx) => searchAccounts(tx, vault, { text, after: '', limit: 9 }));
    expect({ text, found: found.length }).toEqual({ text, found: 1 });
  }
});

test('bad rows are told with row, field and reason, mended in the mend file, and go in', async () => {
  const first = await desk.take(createReadStreamBytes('examples/arrears-with-mistakes.csv'));
  expect(first).toMatchObject(counts(1, 0, 0, 12));
  expect(await desk.faults(first.importId)).toEqual([
    '3 account_no required',
    '4 account_no digits-lost',
    '5 principal not-an-amount',
    '6 paid more-paid-than-owed',
    '7 principal negative-amount',
    '8 due not-a-date',
    '9 service unknown-word',
    '10 agreed_on required',
    '10 phone not-a-phone',
    '11 row quote-not-closed',
    '12 row too-many-cells',
    '13 bill_id bill-twice',
    '14 account_no not-an-account-no',
    '14 address required',
    '14 bill_id required',
    '14 class required',
    '14 due required',
    '14 meter_no required',
    '14 name required',
    '14 service required',
  ]);
  const mend = await desk.mend(first.importId);
  const rows = parse(mend, { bom: true, columns: true, relax_column_count: true }) as Record<
    string,
    string
  >[];
  expect(rows).toHaveLength(12);
  expect(rows[2]).toMatchObject({ account_no: '320800910005', 原因: 'principal: 不是金额' });
  expect((await desk.mend(first.importId, 'en')).split('\r\n')[3]).toContain('principal: is not an amount');
  // The same file again says the same; so does the mend file as it is.
  expect(await desk.take(readFileSync('examples/arrears-with-mistakes.csv'))).toMatchObject(
    counts(0, 0, 1, 12),
  );
  const mended = mend.replace('一百二十元', '120.00').replace('2026-09-31', '2026-09-30');
  const again = await desk.take(mended);
  // The row that repeated another bill is alone in the mend file, and known there as another account's.
  expect(again).toMatchObject(counts(2, 0, 0, 10));
  expect(await desk.faults(again.importId)).toContain('12 bill_id bill-of-another-account');
});

const createReadStreamBytes = (file: string): Uint8Array[] => {
  // In pieces of seven bytes, so that every letter, quote and line end is cut somewhere.
  const bytes = readFileSync(file);
  return Array.from({ length: Math.ceil(bytes.length / 7) }, (_, n) => bytes.subarray(n * 7, n * 7 + 7));
};

test('a stream of Node is taken as it is', async () => {
  const { db } = desk;
  const result = await importArrears(
    { db, vault, scope: { companyId: COMPANY, centreIds: '*' } },
    { stream: createReadStream('examples/arrears.csv'), fileName: 'a.csv', centreId: 'centre-1', by: 'x' },
  );
  expect(result.rowsNew).toBe(12);
  const stored = await desk.tx((tx) => tx.row('select * from imports'));
  expect(stored).toMatchObject({ rows_new: 12, file_name: 'a.csv', imported_by: 'x' });
});

test('a file that cannot be opened is an error of the import, not of the process', async () => {
  await expect(desk.take(createReadStream('examples/no-such-file.csv'))).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

test('a required column that is missing is one clear error that names it, and nothing is stored', async () => {
  const file = fileOf({}).replace('due,', 'dew,').replace('meter_no', 'metre');
  await expect(desk.take(file)).rejects.toMatchObject({
    code: 'missing-columns',
    status: 422,
    params: { columns: '电能表号 meter_no, 缴费截止日期 due' },
    message: expect.stringContaining('缺少必需的列') as string,
  });
  await expect(desk.take('')).rejects.toMatchObject({ code: 'no-header' });
  await expect(desk.take(Buffer.from('户号,户名', 'utf16le'))).rejects.toMatchObject({
    code: 'not-a-csv-file',
  });
  expect(await desk.tx((tx) => tx.rows('select * from imports'))).toEqual([]);
});

test('a title above the header, blank lines and columns nobody knows are passed over', async () => {
  const [header = '', row = ''] = fileOf({ due: '2026-09-99' }).split('\n');
  const result = await desk.take(`2026年欠费清单\n\n${header},备注\n\n${row},无\n`);
  expect(await desk.faults(result.importId)).toEqual(['5 due not-a-date']);
});

test('the mend file speaks of columns by the names of its own file', async () => {
  const file = fileOf({ principal: '=1+1', name: '-王' }).replace('principal', '应收电费');
  const { importId } = await desk.take(file);
  const [, row = ''] = (await desk.mend(importId)).split('\r\n');
  expect(row).toContain('应收电费: 不是金额');
  // What a spreadsheet would run is disarmed, and comes back as it was.
  expect(row).toContain("'=1+1");
  const again = await desk.take((await desk.mend(importId)).replace("'=1+1", '2'));
  expect(again).toMatchObject(counts(1, 0, 0, 0));
  const stored = await desk.tx((tx) => tx.row<{ name_enc: Buffer }>('select name_enc from accounts'));
  expect(vault.open(stored?.name_enc ?? Buffer.alloc(0))).toBe('-王');
});

test('a file without a column of services is one of electricity', async () => {
  const [header = '', line = ''] = fileOf({ name: '张三' }).split('\n');
  const at = header.split(',').indexOf('service');
  const without = (cells: string): string => cells.split(',').toSpliced(at, 1).join(',');
  expect(at).toBeGreaterThan(0);
  const result = await desk.take(Buffer.from(`${without(header)}\n${without(line)}\n`));
  expect(result).toMatchObject(counts(1, 0, 0, 0));
});

test('one broken byte costs one row', async () => {
  const bytes = Buffer.from(fileOf({ name: '张三' }, { name: '李四' }, { name: '王五' }), 'utf8');
  const at = bytes.indexOf('李四', 0, 'utf8');
  bytes[at + 1] = 0x20;
  const result = await desk.take(bytes);
  expect(result).toMatchObject(counts(2, 0, 0, 1));
  expect(await desk.faults(result.importId)).toEqual(['3 name not-readable']);
});

test('a GB18030 file whose first Chinese letter comes late is read as such', async () => {
  const rows = Array.from({ length: 200 }, () => ({ name: 'Wang', address: '18 Yangtze Road' }));
  const file = fileOf(...rows, { name: '联通', address: '联通路1号' });
  expect(await desk.take(encodeGb18030(file))).toMatchObject(counts(201, 0, 0, 0));
  const found = await desk.tx((tx) => searchAccounts(tx, vault, { text: '联通路', after: '', limit: 9 }));
  expect(found.map((account) => account.name)).toEqual(['联通']);
});

test('every header of the billing system is understood', async () => {
  const line = arrearsHeaders.join(',');
  await expect(desk.take(`${line}\n`)).resolves.toMatchObject(counts(0, 0, 0, 0));
});
