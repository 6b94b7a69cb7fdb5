import { createHmac } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BillingAccountNow, BillingPayment } from '../../systems/billing/port.ts';
import type { TestDistrict } from './support/district.ts';
import { ask, setting, startDistrict } from './support/district.ts';

let district: TestDistrict;
beforeAll(async () => {
  district = await startDistrict();
});
afterAll(() => district.close());

const bill = (billId: string, principalFen: number, dueDate: string) => ({
  billId,
  period: dueDate.slice(0, 7),
  principalFen,
  issuedDate: dueDate,
  dueDate,
});

async function seed(accountNo: string): Promise<void> {
  await district.client.seed([
    {
      accountNo,
      customerName: '䶮,"伟"',
      bills: [bill(`${accountNo}-1`, 123_456_789, '2026-09-20'), bill(`${accountNo}-2`, 5_000, '2026-10-20')],
    },
  ]);
}

async function now(accountNo: string): Promise<BillingAccountNow> {
  const response = await ask(district.sim, 'BILLING')(`/accounts/${accountNo}/now`);
  return (await response.json()) as BillingAccountNow;
}

test('the arrears file can be read in each of its encodings', async () => {
  await seed('a-file');
  const files = await Promise.all(
    (['utf-8', 'utf-8-bom', 'gb18030'] as const).map(async (encoding) => {
      const bytes = await district.client.arrearsFile(setting(district.sim, 'BILLING_TOKEN'), encoding);
      const text = new TextDecoder(encoding === 'gb18030' ? 'gb18030' : 'utf-8', { fatal: true }).decode(
        bytes,
      );
      return parse(text, { columns: true }) as Record<string, string>[];
    }),
  );
  for (const rows of files) {
    const row = rows.find((found) => found['账单号'] === 'a-file-1');
    expect(row).toMatchObject({ 户号: 'a-file', 户名: '䶮,"伟"', 应收金额: '¥1,234,567.89' });
    expect(row?.['缴费截止日期']).toBe('2026-09-20');
  }
});

test('a payment is for the oldest bill first, is told by a signed webhook, and stands in the feed', async () => {
  await seed('a-pay');
  const occurredAt = '2026-10-01T02:00:00.000Z';
  const payment = await district.client.pay({ accountNo: 'a-pay', amount: 123_457_000, occurredAt });
  expect(payment).toMatchObject({ status: 'posted', occurredAt });
  const { bills, payments } = await now('a-pay');
  expect(bills.map((found) => found.paidFen)).toEqual([123_456_789, 211]);
  expect(payments).toEqual([payment]);

  const [webhook] = await district.receiver.waitFor('/webhooks/billing');
  if (!webhook) throw new Error('no webhook');
  const timestamp = String(webhook.headers['x-fudian-timestamp']);
  const secret = setting(district.sim, 'BILLING_WEBHOOK_SECRET');
  const expected = createHmac('sha256', secret).update(`${timestamp}.${webhook.body}`).digest('hex');
  expect(webhook.headers['x-fudian-signature']).toBe(`v1=${expected}`);
  expect(JSON.parse(webhook.body)).toMatchObject({ type: 'payment.received', paymentId: payment.paymentId });

  const feed = await ask(district.sim, 'BILLING')('/payments?cursor=&limit=1000');
  const { items } = (await feed.json()) as { items: BillingPayment[] };
  expect(items.map((item) => item.paymentId)).toContain(payment.paymentId);
});

test('money in flight is seen apart and pays only when it is posted; a reversal is owed again', async () => {
  await seed('a-flight');
  const taken = await district.client.pay({ accountNo: 'a-flight', as: 'in-flight' });
  const flying = await now('a-flight');
  expect(flying.inFlight).toHaveLength(1);
  expect(flying.bills.every((found) => found.paidFen === 0)).toBe(true);
  await district.client.postInFlight(taken.paymentId);
  expect((await now('a-flight')).bills.every((found) => found.paidFen === found.principalFen)).toBe(true);
  const reversed = await district.client.reverse(taken.paymentId);
  expect(reversed.status).toBe('reversed');
  expect((await now('a-flight')).bills.every((found) => found.paidFen === 0)).toBe(true);
});

test('a payment with a lost webhook is only in the feed', async () => {
  await seed('a-lost');
  const before = district.receiver.received.length;
  const payment = await district.client.pay({ accountNo: 'a-lost', webhook: 'lost' });
  expect(district.receiver.received).toHaveLength(before);
  expect((await now('a-lost')).payments[0]?.paymentId).toBe(payment.paymentId);
});

test('the same payment twice is one payment, and a wrong token or account is refused', async () => {
  await seed('a-twice');
  const payment = { accountNo: 'a-twice', amount: 100, paymentId: 'pay-twice' };
  await district.client.pay(payment);
  await district.client.pay(payment);
  expect((await now('a-twice')).payments).toHaveLength(1);
  await expect(district.client.pay({ ...payment, amount: 101 })).rejects.toThrow('payment-differs');
  const stranger = await fetch(`${setting(district.sim, 'BILLING_URL')}/payments`);
  expect(stranger.status).toBe(401);
  const unknown = await ask(district.sim, 'BILLING')('/accounts/nobody/now');
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ code: 'unknown-account' });
});
