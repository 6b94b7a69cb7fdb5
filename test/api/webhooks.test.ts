import { randomUUID } from 'node:crypto';
import twilio from 'twilio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { billingSignature } from '../../systems/billing/webhook-signature.ts';
import { putAccount, startApiOnly, type ApiOnly } from '../support/town/api-only.ts';

const ACCOUNT = '320800000001';
const PHONE = '+8613800000001';
let api: ApiOnly;
let accountId: string;
beforeAll(async () => {
  api = await startApiOnly();
  accountId = await putAccount(api, ACCOUNT);
});
afterAll(() => api.close());

const event = (more: Record<string, unknown> = {}) => ({
  eventId: randomUUID(),
  type: 'payment.received',
  accountNo: ACCOUNT,
  paymentId: randomUUID(),
  amountFen: 100,
  occurredAt: new Date().toISOString(),
  channel: 'wechat',
  status: 'posted',
  billIds: [],
  ...more,
});

async function bill(body: string, wish: { secret?: string; seconds?: number; signature?: string } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) + (wish.seconds ?? 0));
  const secret = wish.secret ?? api.settings.BILLING_WEBHOOK_SECRET;
  const response = await api.send('/webhooks/billing', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-fudian-timestamp': timestamp,
      'x-fudian-signature': wish.signature ?? billingSignature(secret, timestamp, body),
    },
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const paymentsOf = async (paymentId: unknown): Promise<number> =>
  (await api.tx((tx) => tx.rows('select 1 from payments where payment_id = $1', [paymentId]))).length;

test('L3.1: a payment that billing signed is stored before it is acknowledged, and told twice counts once', async () => {
  const told = event();
  expect(await bill(JSON.stringify(told))).toEqual({
    status: 200,
    body: { accepted: true, duplicate: false },
  });
  expect(await paymentsOf(told.paymentId)).toBe(1);
  expect(await bill(JSON.stringify(told))).toEqual({
    status: 200,
    body: { accepted: true, duplicate: true },
  });
  const retold = JSON.stringify({ ...told, eventId: randomUUID() });
  expect(await bill(retold)).toEqual({ status: 200, body: { accepted: true, duplicate: true } });
  expect(await paymentsOf(told.paymentId)).toBe(1);
});

test('the same event with other words, or the same payment with another sum, is refused', async () => {
  const told = event();
  await bill(JSON.stringify(told));
  expect(await bill(JSON.stringify({ ...told, amountFen: 200 }))).toMatchObject({
    status: 409,
    body: { reasons: [{ code: 'event-differs' }] },
  });
  expect(await bill(JSON.stringify({ ...told, eventId: randomUUID(), amountFen: 200 }))).toMatchObject({
    status: 409,
    body: { reasons: [{ code: 'payment-differs' }] },
  });
});

test('what billing did not sign, or signed for other words or another hour, changes nothing', async () => {
  const told = event();
  const body = JSON.stringify(told);
  const wrong = [
    await bill(body, { secret: 'x'.repeat(32) }),
    await bill(body, { signature: 'v1=00' }),
    await bill(body, { signature: '' }),
    await bill(body, { seconds: -301 }),
    await bill(body, { seconds: 301 }),
  ];
  for (const answer of wrong)
    expect(answer).toMatchObject({ status: 401, body: { code: 'signature-invalid' } });
  expect((await api.send('/webhooks/billing', { method: 'POST', body })).status).toBe(401);
  expect(await paymentsOf(told.paymentId)).toBe(0);
});

test('a signed event that is none is refused with its fields; money of a stranger is none of ours', async () => {
  expect(await bill('{"x":')).toMatchObject({ status: 400, body: { code: 'malformed-json' } });
  expect(await bill(JSON.stringify(event({ amountFen: -1 })))).toMatchObject({
    status: 400,
    body: { code: 'invalid-request', errors: [{ field: 'body.amountFen' }] },
  });
  expect(await bill(JSON.stringify(event({ accountNo: '999' })))).toEqual({
    status: 200,
    body: { accepted: false, reason: 'unknown-account' },
  });
});

async function sms(
  form: Record<string, string>,
  wish: { token?: string; path?: string; sign?: boolean } = {},
) {
  const path = '/webhooks/twilio/sms';
  const signedFor = `${api.settings.PUBLIC_URL}${wish.path ?? path}`;
  const token = wish.token ?? api.settings.TWILIO_AUTH_TOKEN;
  const signature = twilio.getExpectedTwilioSignature(token, signedFor, form);
  return api.send(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(wish.sign === false ? {} : { 'x-twilio-signature': signature }),
    },
    body: new URLSearchParams(form).toString(),
  });
}

const holds = async (): Promise<number> =>
  (await api.tx((tx) => tx.rows('select 1 from holds where account_id = $1', [accountId]))).length;

test('T1.2: "paid" by SMS holds once, however often the carrier repeats it', async () => {
  const form = { From: PHONE, Body: '已缴', MessageSid: `SM${randomUUID()}` };
  const before = await holds();
  const first = await sms(form);
  expect({ status: first.status, type: first.headers.get('content-type') }).toMatchObject({ status: 200 });
  expect(await first.text()).toContain('<Response/>');
  expect((await sms(form)).status).toBe(200);
  expect(await holds()).toBe(before + 1);
});

test('what the carrier did not sign for this address and these words changes nothing', async () => {
  const form = { From: PHONE, Body: '已缴', MessageSid: `SM${randomUUID()}` };
  const before = await holds();
  const wrong = [
    await sms(form, { token: 'x' }),
    await sms(form, { sign: false }),
    await sms(form, { path: '/webhooks/twilio/other' }),
  ];
  for (const response of wrong)
    expect([response.status, await response.json()]).toMatchObject([403, { code: 'signature-invalid' }]);
  expect(await holds()).toBe(before);
});
