import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Settings } from '../../settings/settings.ts';
import { readSettings } from '../../settings/settings.ts';
import { realSystems } from '../../systems/assemble-real.ts';
import { isBillingSignatureValid } from '../../systems/billing/webhook-signature.ts';
import type { Systems } from '../../systems/systems.ts';
import { isTwilioSignatureValid } from '../../systems/twilio/webhook-signature.ts';
import type { TestDistrict } from './support/district.ts';
import { startDistrict } from './support/district.ts';

let district: TestDistrict;
let settings: Settings;
let systems: Systems;
const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-adapters-'));

beforeAll(async () => {
  district = await startDistrict();
  settings = readSettings({
    ...district.sim.env,
    DATABASE_URL: district.database.appUrl,
    TEMPORAL_ADDRESS: 'none',
    BLOB_DIR: folder,
    DATA_KEYS: 'none',
    HASH_KEY: 'none',
  });
  systems = realSystems(settings);
  await district.client.seedStreet({ today: '2026-11-24' });
});
afterAll(async () => {
  await district.close();
  rmSync(folder, { recursive: true, force: true });
});

const inTenMinutes = (): string => new Date(Date.now() + 600_000).toISOString();

test('the settings of the district are all that the adapters of Fudian need', async () => {
  const { bills } = await systems.billing.readAccountNow('320899000004');
  expect(bills).toMatchObject([{ principalFen: 42_415, paidFen: 0, dueDate: '2026-11-14' }]);
  await expect(systems.billing.readAccountNow('nobody')).rejects.toMatchObject({ code: 'unknown-account' });
  const ticketId = 'ticket/case-1/1';
  const order = { accountNo: '320899000004', meterNo: 'M320899000004', address: '复兴巷4号', form: {} };
  const planned = { plannedFrom: inTenMinutes(), plannedTo: inTenMinutes() };
  await systems.fieldWork.dispatch({ ticketId, kind: 'stop', ...order, ...planned });
  expect(await systems.fieldWork.standDown(ticketId, '已缴费')).toEqual({ acknowledged: true });
  expect(await systems.fieldWork.read(ticketId)).toEqual({ status: 'recall-acknowledged' });
  const meterNo = 'M320899000009';
  const command = { commandId: 'switch/1', meterNo, action: 'open', expiresAt: inTenMinutes() } as const;
  expect(await systems.meter.command(command)).toEqual({ accepted: true });
  expect(await systems.meter.commandStatus(meterNo, 'switch/1')).toBe('done');
  expect(await systems.meter.read(meterNo)).toMatchObject({ relay: 'open', voltagePresent: false });
  const paper = {
    paperKey: 'case-1/copy/1',
    kind: 'suspension-copy',
    subject: '抄送',
    text: '副本',
  } as const;
  await systems.government.submit(paper);
  expect(await systems.government.receipt(paper.paperKey)).toBeDefined();
});

test('money is told by a webhook that Fudian takes for billing’s, and stands in the feed when it is lost', async () => {
  const paid = await district.client.pay({ accountNo: '320899000001' });
  const [webhook] = await district.receiver.waitFor('/webhooks/billing');
  const isValid = isBillingSignatureValid(
    settings.BILLING_WEBHOOK_SECRET,
    {
      timestamp: String(webhook?.headers['x-fudian-timestamp']),
      signature: String(webhook?.headers['x-fudian-signature']),
      body: webhook?.body ?? '',
    },
    Date.now(),
  );
  expect(isValid).toBe(true);
  const lost = await district.client.pay({ accountNo: '320899000002', webhook: 'lost' });
  const first = await systems.billing.listPaymentsSince('', 1);
  expect(first).toMatchObject({ items: [paid], more: true });
  const rest = await systems.billing.listPaymentsSince(first.nextCursor, 100);
  expect(rest).toMatchObject({ items: [lost], more: false });
});

test('messages, calls and mails go out and are found again before a retry', async () => {
  const { receiver } = district;
  const sinceMs = Date.now() - 5_000;
  const sms = { to: '+8613800000004', text: '【供电】停电提醒' };
  const hook = `${receiver.url}/webhooks/twilio/message-status/m-1`;
  const sent = await systems.sms.send({ ...sms, statusCallbackUrl: hook });
  expect(await systems.sms.find({ ...sms, sinceMs })).toEqual([sent]);
  const [told] = await receiver.waitFor('/webhooks/twilio/message-status/m-1');
  const isValid = isTwilioSignatureValid(settings.TWILIO_AUTH_TOKEN, {
    signature: String(told?.headers['x-twilio-signature']),
    publicUrl: hook,
    form: Object.fromEntries(new URLSearchParams(told?.body)),
  });
  expect(isValid).toBe(true);

  const call = await systems.voice.place({
    to: '+8613800000011',
    answerUrl: `${receiver.url}/webhooks/twilio/voice/m-2`,
    statusCallbackUrl: `${receiver.url}/webhooks/twilio/call-status/m-2`,
    ringTimeoutSeconds: 20,
  });
  await receiver.waitFor('/webhooks/twilio/call-status/m-2');
  expect(await systems.voice.status(call.providerId)).toBe('completed');
  expect(await systems.voice.find({ to: '+8613800000011', sinceMs })).toEqual([call]);

  const mail = {
    to: 'feng-yue@example.invalid',
    subject: '通知书',
    text: '停电',
    messageKey: 'case-1/red/1',
  };
  const { providerId } = await systems.mail.send(mail);
  expect(await district.client.books.mails(mail.to)).toMatchObject([{ messageId: providerId }]);
});

test('a fault of a system is a fault of its port', async () => {
  await district.client.faults.add({ system: 'billing', fault: 'wrong-answer', times: 1 });
  await expect(systems.billing.readAccountNow('320899000004')).rejects.toThrow('no JSON');
  await district.client.faults.add({ system: 'carrier', fault: '429', times: 1 });
  const message = { to: '+8613800000004', text: 'x', statusCallbackUrl: district.receiver.url };
  await expect(systems.sms.send(message)).rejects.toMatchObject({ name: 'SystemUnavailable' });
  await expect(systems.sms.send({ ...message, to: '12' })).rejects.toMatchObject({ code: '21211' });
});
