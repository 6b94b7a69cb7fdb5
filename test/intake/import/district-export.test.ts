import { afterAll, beforeAll, expect, test } from 'vitest';
import { setting, startDistrict, type TestDistrict } from '../../sim/support/district.ts';
import { openDesk, type Desk } from './district.ts';

let district: TestDistrict;
let desk: Desk;
beforeAll(async () => {
  [district, desk] = await Promise.all([startDistrict(), openDesk()]);
});
afterAll(async () => {
  await Promise.all([district.close(), desk.close()]);
});

test('what the billing system exports goes in without one bad row, in each encoding, and twice changes nothing', async () => {
  const today = '2026-11-24';
  await district.client.seedDistrict({ accounts: 400, today });
  await district.client.seedStreet({ today });
  const token = setting(district.sim, 'BILLING_TOKEN');
  const first = await desk.take(await district.client.arrearsFile(token, 'gb18030'));
  expect(await desk.faults(first.importId)).toEqual([]);
  expect(first.rowsNew).toBe(first.rowsRead);
  expect(first.rowsNew).toBeGreaterThan(400);
  for (const encoding of ['utf-8', 'utf-8-bom', 'gb18030'] as const) {
    const again = await desk.take(await district.client.arrearsFile(token, encoding));
    expect(again).toMatchObject({ rowsSame: first.rowsNew, rowsNew: 0, rowsChanged: 0, rowsBad: 0 });
  }
});

test('after a payment the next export changes that bill alone', async () => {
  const token = setting(district.sim, 'BILLING_TOKEN');
  const before = await desk.tx((tx) =>
    tx.row<{ account_no: string; bill_id: string; open_fen: number }>(
      `select a.account_no, b.bill_id, b.principal_fen - b.paid_fen as open_fen from bills b join accounts a using (account_id)
        where b.service = 'electricity' and not b.disputed and b.principal_fen - b.paid_fen > 5000 order by b.due_on, b.bill_id limit 1`,
    ),
  );
  expect(before).toBeDefined();
  await district.client.pay({
    accountNo: before?.account_no ?? '',
    amount: 1_000,
    occurredAt: '2026-11-24T01:00:00.000Z',
  });
  const again = await desk.take(await district.client.arrearsFile(token, 'utf-8'));
  expect(again).toMatchObject({ rowsNew: 0, rowsChanged: 1, rowsBad: 0 });
});
