import { createTransport } from 'nodemailer';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TestDistrict } from './support/district.ts';
import { ask, startDistrict } from './support/district.ts';

let district: TestDistrict;
beforeAll(async () => {
  district = await startDistrict();
  await district.client.seed([
    {
      accountNo: 'a-1',
      meterNo: 'M-1',
      bills: [
        {
          billId: 'b-1',
          period: '2026-09',
          principalFen: 90_000,
          issuedDate: '2026-09-05',
          dueDate: '2026-09-20',
        },
      ],
    },
    { accountNo: 'a-2' },
  ]);
});
afterEach(() => district.client.faults.remove());
afterAll(() => district.close());

const systems = [
  ['billing', 'BILLING', '/accounts/a-1/now'],
  ['field-work', 'FIELD_WORK', '/work-orders/none'],
  ['meter', 'METER', '/meters/M-1'],
  ['government', 'GOVERNMENT', '/papers/none/receipt'],
] as const;

describe.each(systems)('%s', (system, name, path) => {
  const get = (timeoutMs?: number): Promise<Response> => ask(district.sim, name)(path, undefined, timeoutMs);

  test('answers nothing while it times out', async () => {
    await district.client.faults.add({ system, fault: 'time-out', times: 1 });
    await expect(get(150)).rejects.toThrow('timeout');
    expect((await get()).status).toBeLessThan(500);
  });

  test('breaks once, then is well again', async () => {
    await district.client.faults.add({ system, fault: '500', times: 1 });
    expect((await get()).status).toBe(500);
    expect((await get()).status).toBeLessThan(500);
  });

  test('answers nonsense with a smile', async () => {
    await district.client.faults.add({ system, fault: 'wrong-answer', times: 1 });
    const response = await get();
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<html>');
  });

  test('asks for patience', async () => {
    await district.client.faults.add({ system, fault: '429', times: 1, delayMs: 0 });
    expect((await get()).status).toBe(429);
  });
});

test('work that was done is not always told', async () => {
  await district.client.faults.add({ system: 'meter', fault: 'drop-after-accept', times: 1 });
  const expiresAt = new Date(Date.now() + 600_000).toISOString();
  const meter = ask(district.sim, 'METER');
  await expect(
    meter('/meters/M-1/commands', { commandId: 'c-1', action: 'open', expiresAt }),
  ).rejects.toThrow('fetch failed');
  expect(await (await meter('/meters/M-1/commands/c-1')).json()).toEqual({ status: 'done' });
});

test('a fault can be of one account only', async () => {
  await district.client.faults.add({ system: 'billing', fault: '500', match: { accountNo: 'a-2' } });
  const billing = ask(district.sim, 'BILLING');
  expect((await billing('/accounts/a-1/now')).status).toBe(200);
  expect((await billing('/accounts/a-2/now')).status).toBe(500);
});

test('a wrong answer can be chosen', async () => {
  await district.client.faults.add({
    system: 'billing',
    fault: 'wrong-answer',
    times: 1,
    answer: { status: 200, body: { bills: 'none' } },
  });
  const response = await ask(district.sim, 'BILLING')('/accounts/a-1/now');
  expect(await response.json()).toEqual({ bills: 'none' });
});

test('identity and mail break too', async () => {
  await district.client.faults.add({ system: 'idp', fault: '500', times: 1 });
  await expect(district.client.token('reader-zhang')).rejects.toThrow('no token');
  await district.client.token('reader-zhang');
  await district.client.faults.add({ system: 'mail', fault: '500', times: 1 });
  const mail = createTransport(district.sim.smtpUrl);
  const message = { from: 'a@example.invalid', to: 'b@example.invalid', subject: 's', text: 't' };
  await expect(mail.sendMail(message)).rejects.toMatchObject({ responseCode: 451 });
  await mail.sendMail(message);
  mail.close();
  expect(await district.client.books.mails('b@example.invalid')).toHaveLength(1);
});

describe('webhooks', () => {
  const pay = (): Promise<unknown> => district.client.pay({ accountNo: 'a-1', amount: 100 });
  const told = (): number =>
    district.receiver.received.filter((request) => request.path === '/webhooks/billing').length;

  test('come twice, get lost, come late', async () => {
    const before = told();
    await district.client.faults.add({ system: 'billing', fault: 'duplicate-webhook', times: 1 });
    await pay();
    expect(told()).toBe(before + 2);
    await district.client.faults.add({ system: 'billing', fault: 'lost-webhook', times: 1 });
    await pay();
    expect(told()).toBe(before + 2);
    await district.client.faults.add({ system: 'billing', fault: 'late-webhook', times: 1, delayMs: 120 });
    await pay();
    expect(told()).toBe(before + 2);
    await district.receiver.waitFor('/webhooks/billing', before + 3);
    const { webhooks } = await district.client.books.all();
    expect(webhooks.slice(-3).map((webhook) => webhook.posts)).toEqual([2, 0, 1]);
    expect(webhooks.at(-2)?.state).toBe('lost');
  });

  test('are sent again when they were refused', async () => {
    const before = told();
    let refusals = 1;
    district.receiver.answers.set('/webhooks/billing', () => ({ status: refusals-- > 0 ? 503 : 200 }));
    await pay();
    expect(await district.receiver.waitFor('/webhooks/billing', before + 2)).toHaveLength(before + 2);
    district.receiver.answers.delete('/webhooks/billing');
  });
});
