import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDistrict } from './support/district.ts';
import { ask, startDistrict } from './support/district.ts';

let district: TestDistrict;
beforeAll(async () => {
  district = await startDistrict();
});
afterAll(() => district.close());

const hour = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const order = (ticketId: string) => ({
  ticketId,
  kind: 'stop',
  accountNo: 'a-1',
  meterNo: 'M-1',
  address: '复兴巷1号',
  plannedFrom: hour(24),
  plannedTo: hour(25),
  form: { 工作任务: '停电' },
});

test('a mail arrives with its Message-ID', async () => {
  const mail = createTransport(district.sim.smtpUrl);
  await mail.sendMail({
    from: 'fudian@example.invalid',
    to: 'feng@example.invalid',
    subject: '欠费停电通知书',
    text: '将于九点停电',
    messageId: '<m-1@fudian>',
  });
  mail.close();
  const [received] = await district.client.books.mails('feng@example.invalid');
  expect(received).toMatchObject({ messageId: '<m-1@fudian>', subject: '欠费停电通知书' });
  expect(received?.text.trim()).toBe('将于九点停电');
});

test('a work order given twice is one; a crew without a network acknowledges a recall when it is back', async () => {
  const fieldWork = ask(district.sim, 'FIELD_WORK');
  const ticketId = 'ticket/case-1/1';
  const path = `/work-orders/${encodeURIComponent(ticketId)}`;
  const body = order(ticketId);
  const first = (await (await fieldWork('/work-orders', body)).json()) as { orderId: string };
  const again = await fieldWork('/work-orders', body);
  expect(again.status).toBe(200);
  expect(await again.json()).toEqual(first);
  expect((await fieldWork('/work-orders', { ...body, meterNo: 'M-2' })).status).toBe(409);
  await district.client.crew.move(ticketId, 'accepted');
  await district.client.crew.device('device-offline', ticketId);
  const recalled = await fieldWork(`${path}/stand-down`, { reason: '已缴费' });
  expect(await recalled.json()).toEqual({ acknowledged: false });
  await district.client.crew.device('online', ticketId);
  expect(await (await fieldWork(path)).json()).toEqual({ status: 'recall-acknowledged' });
});

test('a meter opens and closes; one that hears nothing lets its command expire', async () => {
  await district.client.seed([{ accountNo: 'a-meter', meterNo: 'M-9' }]);
  const meter = ask(district.sim, 'METER');
  const command = (commandId: string, expiresAt: string) => ({ commandId, action: 'open', expiresAt });
  expect(await (await meter('/meters/M-9/commands', command('c-1', hour(1)))).json()).toEqual({
    accepted: true,
  });
  expect(await (await meter('/meters/M-9')).json()).toMatchObject({ relay: 'open', voltagePresent: false });
  await district.client.meters.set('M-9', { relay: 'closed', mode: 'unknown-not-done' });
  await meter('/meters/M-9/commands', command('c-2', hour(1)));
  expect(await (await meter('/meters/M-9/commands/c-2')).json()).toEqual({ status: 'unknown' });
  expect(await (await meter('/meters/M-9')).json()).toMatchObject({ relay: 'closed' });
  const late = await meter('/meters/M-9/commands', command('c-3', hour(-1)));
  expect(await late.json()).toEqual({ accepted: false });
});

test('the authority signs for a paper, or does not', async () => {
  const government = ask(district.sim, 'GOVERNMENT');
  const paper = (paperKey: string) => ({
    paperKey,
    kind: 'suspension-copy',
    subject: '抄送',
    text: '通知书',
  });
  await government('/papers', paper('p-1'));
  const receipt = await government('/papers/p-1/receipt');
  expect(await receipt.json()).toMatchObject({ receivedBy: expect.stringContaining('收发室') });
  await district.client.government.receipts({ mode: 'never' });
  await government('/papers', paper('p-2'));
  expect((await government('/papers/p-2/receipt')).status).toBe(404);
  await district.client.government.sign('p-2', { receivedAt: hour(0), receivedBy: '张科' });
  expect(await (await government('/papers/p-2/receipt')).json()).toMatchObject({ receivedBy: '张科' });
});

test('a webhook that waits is sent after a restart', async () => {
  await district.client.seed([{ accountNo: 'a-waits' }]);
  await district.client.faults.add({ system: 'billing', fault: 'late-webhook', times: 1, delayMs: 200 });
  await district.client.pay({ accountNo: 'a-waits', amount: 100 });
  await district.restart();
  expect(await district.receiver.waitFor('/webhooks/billing')).toHaveLength(1);
});

test('what the district knows survives a restart, and a reset empties it', async () => {
  await district.client.seed([{ accountNo: 'a-stays' }]);
  const billingToken = district.sim.env['BILLING_TOKEN'];
  await district.client.setClockOffset(86_400_000);
  await district.restart();
  expect(district.sim.env['BILLING_TOKEN']).toBe(billingToken);
  const { asOf } = await district.client.accountNow('a-stays');
  expect(Date.parse(asOf)).toBeGreaterThan(Date.now() + 80_000_000);
  await district.client.reset();
  await expect(district.client.accountNow('a-stays')).rejects.toThrow('unknown-account');
  await district.client.token('reader-zhang');
  const journal = await district.client.books.all();
  expect(Object.values(journal).every((entries) => entries.length === 0)).toBe(true);
});
