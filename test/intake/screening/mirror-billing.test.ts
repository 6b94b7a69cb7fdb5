import { afterEach, beforeEach, expect, test } from 'vitest';
import { allocatePayment, takeBack } from '../../../intake/payments/allocate.ts';
import { mirrorBilling } from '../../../intake/screening/mirror-billing.ts';
import { takeAccount } from '../../../intake/take-account.ts';
import type { BillingBill } from '../../../systems/billing/port.ts';
import { forAllAsync, fc } from '../../support/property.ts';
import { COMPANY, fileOf, openDesk, vault, type Desk } from '../import/district.ts';

let desk: Desk;
const accountId = vault.idOf('acc', COMPANY, 'A1');
beforeEach(async () => {
  desk = await openDesk();
  await desk.take(fileOf({ account_no: 'A1' }));
});
afterEach(() => desk.close());

const bill = (billId: string, paidFen: number, over: Partial<BillingBill> = {}): BillingBill => ({
  billId,
  service: 'electricity',
  period: '2026-08',
  principalFen: 10_000,
  paidFen,
  issuedDate: '2026-09-01',
  dueDate: '2026-09-15',
  disputed: false,
  ...over,
});

const mirror = (...bills: BillingBill[]): Promise<void> =>
  desk.tx((tx) =>
    mirrorBilling(tx, accountId, {
      accountNo: 'A1',
      asOf: new Date().toISOString(),
      bills,
      payments: [],
      inFlight: [],
    }),
  );

const paidOn = (billId: string): Promise<number | undefined> =>
  desk.tx(
    async (tx) =>
      (await tx.row<{ paid_fen: number }>('select paid_fen from bills where bill_id = $1', [billId]))
        ?.paid_fen,
  );

const pay = (paymentId: string, amountFen: number, status: 'in-flight' | 'posted'): Promise<void> =>
  desk.tx(async (tx) => {
    const account = await takeAccount(tx, { accountId });
    await tx.run(
      `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at)
       values ($1, 'centre-1', $2, $3, $4, $5, 'bank', 'test', clock_timestamp())`,
      [COMPANY, paymentId, status, accountId, amountFen],
    );
    await allocatePayment(tx, account, { paymentId, amountFen, billIds: [] });
  });

test('billing is followed in principal, due date, dispute and new bills', async () => {
  await mirror(
    bill('B1', 500, { principalFen: 9_000, dueDate: '2026-09-20', disputed: true }),
    bill('B2', 0),
  );
  const rows = await desk.tx((tx) =>
    tx.rows('select bill_id, principal_fen, paid_fen, due_on, disputed from bills order by bill_id'),
  );
  expect(rows).toEqual([
    { bill_id: 'B1', principal_fen: 9_000, paid_fen: 500, due_on: '2026-09-20', disputed: true },
    { bill_id: 'B2', principal_fen: 10_000, paid_fen: 0, due_on: '2026-09-15', disputed: false },
  ]);
});

test('a bill that billing no longer lists is nobody’s debt any more, and comes back when it is listed again', async () => {
  await mirror(bill('B2', 0));
  expect(await paidOn('B1')).toBe(10_000);
  await mirror(bill('B1', 0), bill('B2', 0));
  expect(await paidOn('B1')).toBe(0);
});

test('T2.6: money in flight counts beside what billing has counted, posted money is not counted twice', async () => {
  await pay('P1', 3_000, 'in-flight');
  await mirror(bill('B1', 1_000));
  expect(await paidOn('B1')).toBe(4_000);
  await desk.tx((tx) =>
    tx.run(
      `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at)
       select company_id, centre_id, payment_id, 'posted', account_id, amount_fen, channel, source, occurred_at from payments`,
    ),
  );
  // Billing posted it, but answers from before: what we laid on the bill stands.
  await mirror(bill('B1', 1_000));
  expect(await paidOn('B1')).toBe(3_000);
  await mirror(bill('B1', 4_000));
  expect(await paidOn('B1')).toBe(4_000);
});

test('T2.6: a payment that is taken back counts no longer', async () => {
  await pay('P1', 3_000, 'posted');
  await desk.tx((tx) => takeBack(tx, COMPANY, 'P1'));
  await mirror(bill('B1', 0));
  expect(await paidOn('B1')).toBe(0);
});

test('T2.6: whatever billing answers, a bill is never paid less than our own money on it, nor more than it is', async () => {
  let n = 0;
  await forAllAsync(
    [fc.integer({ min: 1, max: 4_000 }), fc.boolean(), fc.integer({ min: 0, max: 10_000 })],
    async (amountFen, posted, billingPaidFen) => {
      n += 1;
      const billId = `R${n}`;
      await mirror(bill(billId, 0));
      const before = await paidOn(billId);
      await pay(`RP${n}`, amountFen, posted ? 'posted' : 'in-flight');
      await mirror(bill(billId, billingPaidFen));
      const after = (await paidOn(billId)) ?? -1;
      const least = posted ? Math.max(amountFen, billingPaidFen) : amountFen + billingPaidFen;
      expect({ before, after }).toEqual({ before: 0, after: Math.min(10_000, least) });
    },
    20,
  );
});
