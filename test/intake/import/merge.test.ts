import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOf, openDesk, vault, type Desk } from './district.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

interface Bill {
  principal_fen: number;
  paid_fen: number;
}
const bill = (billId: string) =>
  desk.tx((tx) => tx.row<Bill>('select principal_fen, paid_fen from bills where bill_id = $1', [billId]));

const pay = (billId: string, amountFen: number, status: 'in-flight' | 'posted') =>
  desk.tx(async (tx) => {
    await tx.run(
      `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at)
       select company_id, centre_id, 'P' || $2::bigint, $3, account_id, $2, 'bank', 'test', clock_timestamp() from bills where bill_id = $1`,
      [billId, amountFen, status],
    );
    await tx.run(
      `insert into payment_allocations (company_id, centre_id, payment_id, bill_id, amount_fen)
       select company_id, centre_id, 'P' || $2::bigint, bill_id, $2 from bills where bill_id = $1`,
      [billId, amountFen],
    );
  });

test('a changed bill and a changed account are counted and stored, the rest stays', async () => {
  await desk.take(fileOf({}, {}, {}));
  const second = await desk.take(fileOf({ paid: '40' }, { name: '李四' }, {}));
  expect(second).toMatchObject({ rowsNew: 0, rowsChanged: 2, rowsSame: 1, rowsBad: 0 });
  expect(await bill('B1')).toEqual({ principal_fen: 10_000, paid_fen: 4_000 });
  const { name_enc: sealed } = (await desk.tx((tx) =>
    tx.row<{ name_enc: Buffer }>(`select name_enc from accounts where account_no = 'A2'`),
  )) ?? { name_enc: Buffer.alloc(0) };
  expect(vault.open(sealed)).toBe('李四');
  // One pair of letters of the new name, and none of the old one.
  const words = await desk.tx((tx) =>
    tx.rows(
      `select cardinality(name_words) as words from account_search join accounts using (account_id) where account_no = 'A2'`,
    ),
  );
  expect(words).toEqual([{ words: 1 }]);
});

test('money that we know of and the file does not is never asked for twice (T2.6)', async () => {
  await desk.take(fileOf({}, {}));
  await pay('B1', 3_000, 'in-flight');
  await pay('B2', 4_000, 'posted');
  await desk.take(fileOf({ paid: '20' }, { paid: '20' }));
  // In flight: billing cannot have counted it. Posted: the file's 20 may be part of it.
  expect(await bill('B1')).toEqual({ principal_fen: 10_000, paid_fen: 5_000 });
  expect(await bill('B2')).toEqual({ principal_fen: 10_000, paid_fen: 4_000 });
  const again = await desk.take(fileOf({ paid: '20' }, { paid: '20' }));
  expect(again).toMatchObject({ rowsChanged: 0, rowsSame: 2 });
});

test('L11: a file never takes a registered protection back, nor an answer already given', async () => {
  await desk.take(fileOf({ protection: 'none' }, { protection: '' }));
  await desk.tx((tx) => tx.run(`update accounts set protection = 'registered' where account_no = 'A1'`));
  await desk.take(fileOf({ protection: 'none', name: '新名' }, { protection: 'none' }));
  await desk.take(fileOf({ protection: 'none', name: '新名' }, { protection: '' }));
  const rows = await desk.tx((tx) => tx.rows('select protection from accounts order by account_no'));
  expect(rows).toEqual([{ protection: 'registered' }, { protection: 'none' }]);
});

test('L8: an agreement that the file no longer names has ended, and one that was taken back stays so', async () => {
  const agreed = { phone: '13900000001', agreed_channel: 'sms', agreed_on: '2025-01-02' };
  const state = () =>
    desk.tx((tx) => tx.rows('select channel, revoked_on is not null as ended from agreed_addresses'));
  await desk.take(fileOf(agreed));
  expect(await state()).toEqual([{ channel: 'sms', ended: false }]);
  await desk.take(fileOf({ phone: '13900000001' }));
  expect(await state()).toEqual([{ channel: 'sms', ended: true }]);
  await desk.take(fileOf(agreed));
  expect(await state()).toEqual([{ channel: 'sms', ended: true }]);
});

test('rows of one file that contradict each other: the first stands, whichever batch the others are in', async () => {
  const filler = Array.from({ length: 5_001 }, (_, n) => ({ account_no: `F${n}`, bill_id: `FB${n}` }));
  const file = fileOf(
    { account_no: 'X', bill_id: 'XB' },
    ...filler,
    { account_no: 'X', bill_id: 'XB' },
    { account_no: 'X', bill_id: 'XB', principal: '1' },
    { account_no: 'X', bill_id: 'XB2', name: '别人' },
  );
  const result = await desk.take(file);
  expect(result).toMatchObject({ rowsNew: 5_002, rowsSame: 1, rowsBad: 2 });
  expect(await desk.faults(result.importId)).toEqual([
    '5005 bill_id bill-twice',
    '5006 account_no account-disagrees',
  ]);
  expect(await desk.take(file)).toMatchObject({ rowsNew: 0, rowsChanged: 0, rowsSame: 5_003, rowsBad: 2 });
});

test('a row of another centre, or of a centre that is not the importer’s, is a bad row', async () => {
  const own = { companyId: 'company-1', centreIds: ['centre-1'] };
  const two = fileOf({ account_no: 'A1' }).replace('account_no,', '抄表中心,account_no,');
  const of = (centre: string) => two.replace('"A1"', `"${centre}","A1"`);
  expect(await desk.take(of('清江浦抄表中心'))).toMatchObject({ rowsNew: 1 });
  const other = await desk.take(of('centre-1'), own);
  expect(await desk.faults(other.importId)).toEqual(['2 account_no account-of-another-centre']);
  const foreign = await desk.take(of('centre-2'), own);
  expect(await desk.faults(foreign.importId)).toEqual(['2 centre unknown-centre']);
});
