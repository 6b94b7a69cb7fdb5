import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Received, TestDistrict } from './support/district.ts';
import { setting, startDistrict } from './support/district.ts';

let district: TestDistrict;
let sdk: twilio.Twilio;
const from = '+8695598';

/** Twilio's own client with another host. */
class OtherHost extends twilio.RequestClient {
  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    const url = new URL(options.uri);
    return super.request<Data>({ ...options, uri: district.sim.origin + url.pathname + url.search });
  }
}

beforeAll(async () => {
  district = await startDistrict();
  sdk = twilio(setting(district.sim, 'TWILIO_ACCOUNT_SID'), setting(district.sim, 'TWILIO_AUTH_TOKEN'), {
    httpClient: new OtherHost(),
  });
});
afterAll(() => district.close());

function isSigned(request: Received): boolean {
  return twilio.validateRequest(
    setting(district.sim, 'TWILIO_AUTH_TOKEN'),
    String(request.headers['x-twilio-signature']),
    district.receiver.url + request.path,
    Object.fromEntries(new URLSearchParams(request.body)),
  );
}
const parameter = (request: Received | undefined, name: string): string | null =>
  new URLSearchParams(request?.body).get(name);

describe('messages', () => {
  test('a message is queued, sent and delivered, each told with a signature that Twilio accepts', async () => {
    const to = '+8613900000001';
    const sent = await sdk.messages.create({
      to,
      from,
      body: '【供电】您已欠费',
      statusCallback: `${district.receiver.url}/webhooks/twilio/message-status/m-1`,
    });
    expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/);
    const told = await district.receiver.waitFor('/webhooks/twilio/message-status/m-1', 2);
    expect(told.map((request) => parameter(request, 'MessageStatus'))).toEqual(['sent', 'delivered']);
    expect(told.every(isSigned)).toBe(true);
    expect((await sdk.messages(sent.sid).fetch()).status).toBe('delivered');
    const found = await sdk.messages.list({ to, dateSentAfter: new Date(Date.now() - 60_000) });
    expect(found.map((message) => [message.sid, message.body])).toEqual([[sent.sid, '【供电】您已欠费']]);
  });

  test('a phone that is off lets it fail with a reason', async () => {
    await district.client.phone({ phone: '13900000002', sms: 'undelivered' });
    await sdk.messages.create({
      to: '+8613900000002',
      from,
      body: 'x',
      statusCallback: `${district.receiver.url}/webhooks/twilio/message-status/m-2`,
    });
    const told = await district.receiver.waitFor('/webhooks/twilio/message-status/m-2', 2);
    expect(parameter(told[1], 'MessageStatus')).toBe('undelivered');
    expect(parameter(told[1], 'ErrorCode')).toBe('30003');
  });

  test('a number that is none, and a stranger, are refused in Twilio’s own words', async () => {
    await expect(sdk.messages.create({ to: '12', from, body: 'x' })).rejects.toMatchObject({
      status: 400,
      code: 21211,
    });
    const stranger = twilio(setting(district.sim, 'TWILIO_ACCOUNT_SID'), 'wrong', {
      httpClient: new OtherHost(),
    });
    await expect(stranger.messages.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  test('a customer’s own message comes in signed', async () => {
    await district.client.writeSms('13900000003', '已缴费');
    const [request] = await district.receiver.waitFor('/webhooks/twilio/sms');
    expect(parameter(request, 'From')).toBe('+8613900000003');
    expect(parameter(request, 'Body')).toBe('已缴费');
    expect(request && isSigned(request)).toBe(true);
  });
});

describe('calls', () => {
  const digitsPath = (name: string): string => `/webhooks/twilio/digits/${name}`;

  async function ring(name: string, to: string): Promise<string> {
    const { receiver } = district;
    const question = new twilio.twiml.VoiceResponse();
    const gather = question.gather({ numDigits: 1, action: digitsPath(name) });
    gather.say({ language: 'zh-CN' }, '将于九点停电，确认请按 1。');
    const thanks = new twilio.twiml.VoiceResponse();
    thanks.say({ language: 'zh-CN' }, '谢谢。');
    receiver.answers.set(`/voice/${name}`, () => ({ type: 'text/xml', body: question.toString() }));
    receiver.answers.set(digitsPath(name), () => ({ type: 'text/xml', body: thanks.toString() }));
    const call = await sdk.calls.create({
      to,
      from,
      url: `${receiver.url}/webhooks/twilio/voice/${name}`,
      statusCallback: `${receiver.url}/webhooks/twilio/call-status/${name}`,
      statusCallbackEvent: ['answered', 'completed'],
      timeout: 20,
    });
    return call.sid;
  }

  test('a customer hears our TwiML, presses 1, and every request is signed over the public URL', async () => {
    const to = '+8613900000011';
    const sid = await ring('c-1', to);
    const ended = await district.receiver.waitFor('/webhooks/twilio/call-status/c-1', 2);
    expect(ended.map((request) => parameter(request, 'CallStatus'))).toEqual(['in-progress', 'completed']);
    const [answer] = await district.receiver.waitFor(digitsPath('c-1'));
    expect(parameter(answer, 'Digits')).toBe('1');
    const requests = district.receiver.received.filter((request) => request.path.endsWith('/c-1'));
    expect(requests).toHaveLength(4);
    expect(requests.every(isSigned)).toBe(true);
    const [call] = await district.client.books.calls(to);
    expect(call).toMatchObject({ sid, status: 'completed', pressed: ['1'] });
    expect(call?.heard.map((heard) => heard.say)).toEqual(['将于九点停电，确认请按 1。', '谢谢。']);
    const found = await sdk.calls.list({ to, startTimeAfter: new Date(Date.now() - 60_000) });
    expect(found.map((item) => item.sid)).toEqual([sid]);
  });

  test('a phone that nobody answers ends so; the next call is answered', async () => {
    const phone = '+8613900000012';
    await district.client.phone({ phone, call: ['no-answer', 'ack'] });
    await ring('c-2', phone);
    const [ended] = await district.receiver.waitFor('/webhooks/twilio/call-status/c-2');
    expect(parameter(ended, 'CallStatus')).toBe('no-answer');
    await ring('c-3', phone);
    await district.receiver.waitFor(digitsPath('c-3'));
  });

  test('a customer who hangs up acknowledges nothing', async () => {
    await district.client.phone({ phone: '+8613900000013', call: ['hang-up'] });
    const sid = await ring('c-4', '+8613900000013');
    await district.receiver.waitFor('/webhooks/twilio/call-status/c-4', 2);
    expect(district.receiver.received.some((request) => request.path === digitsPath('c-4'))).toBe(false);
    expect((await sdk.calls(sid).fetch()).status).toBe('completed');
  });
});

describe('faults', () => {
  const say = (client: twilio.Twilio = sdk) =>
    client.messages.create({ to: '+8613900000021', from, body: '故障' });
  const kept = async (): Promise<number> => (await district.client.books.messages('13900000021')).length;

  test('a broken carrier and a busy one speak Twilio’s own words', async () => {
    await district.client.faults.add({ system: 'carrier', fault: '500', times: 1 });
    await expect(say()).rejects.toMatchObject({ status: 500, code: 20500 });
    await district.client.faults.add({ system: 'carrier', fault: '429', times: 1 });
    await expect(say()).rejects.toMatchObject({ status: 429, code: 20429 });
    expect(await kept()).toBe(0);
  });

  test('a message whose answer was cut off is found again before it is sent a second time', async () => {
    await district.client.faults.add({ system: 'carrier', fault: 'drop-after-accept', times: 1 });
    await expect(say()).rejects.toThrow('socket hang up');
    expect(await kept()).toBe(1);
    const dateSentAfter = new Date(Date.now() - 60_000);
    const found = await sdk.messages.list({ to: '+8613900000021', dateSentAfter });
    expect(found.map((message) => message.body)).toEqual(['故障']);
  });

  test('a carrier that times out lets the client give up', async () => {
    const impatient = twilio(
      setting(district.sim, 'TWILIO_ACCOUNT_SID'),
      setting(district.sim, 'TWILIO_AUTH_TOKEN'),
      { httpClient: new OtherHost({ timeout: 150 }) },
    );
    await district.client.faults.add({ system: 'carrier', fault: 'time-out', times: 1 });
    await expect(say(impatient)).rejects.toMatchObject({ code: 'ECONNABORTED' });
  });
});
