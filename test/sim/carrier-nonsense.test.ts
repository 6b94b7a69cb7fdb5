import { afterAll, beforeAll, expect, test } from 'vitest';
import { twilioSms } from '../../systems/sms/twilio-sms.ts';
import { twilioVoice } from '../../systems/voice/twilio-voice.ts';
import { startDistrict, type TestDistrict } from './support/district.ts';

let district: TestDistrict;
beforeAll(async () => {
  district = await startDistrict();
});
afterAll(() => district.close());

const TO = '+8613800000077';
const carrier = () => {
  const { env } = district.sim;
  return {
    accountSid: env['TWILIO_ACCOUNT_SID'] ?? '',
    authToken: env['TWILIO_AUTH_TOKEN'] ?? '',
    from: '+8695598',
    origin: env['TWILIO_ORIGIN'],
  };
};
type Answer = { status: number; body: unknown };
/** A page of HTML unless told. */
const nonsenseOnce = (answer?: Answer) =>
  district.client.faults.add({
    ...{ system: 'carrier', fault: 'wrong-answer', times: 1, match: { phone: TO } },
    ...(answer === undefined ? {} : { answer }),
  });
/** What can be read and names nothing that was taken. */
const NOTHING_TAKEN: readonly Answer[] = [
  { status: 200, body: {} },
  { status: 201, body: { sid: null } },
  { status: 201, body: { sid: 'ok' } },
];

test('T2.4: a page of nonsense is neither a message nor the news that there is none', async () => {
  const sms = twilioSms(carrier());
  const message = { to: TO, text: '停电前通知' };
  await nonsenseOnce();
  await expect(sms.send({ ...message, statusCallbackUrl: 'http://127.0.0.1:9/x' })).rejects.toThrow(
    'carrier',
  );
  await sms.send({ ...message, statusCallbackUrl: 'http://127.0.0.1:9/x' });
  await nonsenseOnce();
  await expect(sms.find({ ...message, sinceMs: 0 })).rejects.toThrow('carrier');
  expect(await sms.find({ ...message, sinceMs: 0 })).toHaveLength(1);
});

test('T2.4: nor is it a call, or the news that nobody was called', async () => {
  const voice = twilioVoice(carrier());
  const call = { to: TO, answerUrl: 'http://127.0.0.1:9/a', statusCallbackUrl: 'http://127.0.0.1:9/b' };
  await nonsenseOnce();
  await expect(voice.place({ ...call, ringTimeoutSeconds: 5 })).rejects.toThrow('carrier');
  await voice.place({ ...call, ringTimeoutSeconds: 5 });
  await nonsenseOnce();
  await expect(voice.find({ to: TO, sinceMs: 0 })).rejects.toThrow('carrier');
  expect(await voice.find({ to: TO, sinceMs: 0 })).toHaveLength(1);
});

test.each(NOTHING_TAKEN)('T2.4: an answer of %j names no message and no call', async (answer) => {
  const urls = { statusCallbackUrl: 'http://127.0.0.1:9/x' };
  await nonsenseOnce(answer);
  await expect(twilioSms(carrier()).send({ to: TO, text: '停电前通知', ...urls })).rejects.toThrow('carrier');
  await nonsenseOnce(answer);
  await expect(
    twilioVoice(carrier()).place({
      ...{ to: TO, answerUrl: 'http://127.0.0.1:9/a', ringTimeoutSeconds: 5 },
      ...urls,
    }),
  ).rejects.toThrow('carrier');
});
