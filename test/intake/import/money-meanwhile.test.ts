import { afterAll, beforeAll, expect, test } from 'vitest';
import { allocatePayment } from '../../../intake/payments/allocate.ts';
import { takeAccount } from '../../../intake/take-account.ts';
import { COMPANY, fileOf, openDesk, type Desk } from './district.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const ACCOUNTS = 300;
const fileWith = (paid: string): string =>
  // Two bills an account, far apart in the file and in another order than the accounts.
  fileOf(
    ...Array.from({ length: ACCOUNTS * 2 }, (_, n) => ({
      account_no: `A${n % ACCOUNTS}`,
      bill_id: `B${(n * 7) % (ACCOUNTS * 2)}`,
      paid,
    })),
  );

async function pay(n: number): Promise<void> {
  const paymentId = `P${n}`;
  await desk.tx(async (tx) => {
    const account = await takeAccount(tx, { accountNo: `A${n % ACCOUNTS}` });
    await tx.run(
      `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at)
       values ($1, 'centre-1', $2, 'posted', $3, 15000, 'bank', 'test', clock_timestamp())`,
      [COMPANY, paymentId, account.accountId],
    );
    await allocatePayment(tx, account, { paymentId, amountFen: 15_000, billIds: [] });
  });
}

test('T2.6: payments that arrive while files are imported neither wait for ever nor are forgotten', async () => {
  await desk.take(fileWith('0'));
  await Promise.all([
    desk.take(fileWith('10')),
    desk.take(fileWith('20')),
    (async () => {
      for (let n = 0; n < ACCOUNTS; n += 1) await pay(n);
    })(),
  ]);
  const lost = await desk.tx((tx) =>
    tx.rows(
      `select b.bill_id from bills b join payment_allocations a using (company_id, bill_id)
        group by b.bill_id, b.paid_fen having b.paid_fen < sum(a.amount_fen)`,
    ),
  );
  expect(lost).toEqual([]);
});
