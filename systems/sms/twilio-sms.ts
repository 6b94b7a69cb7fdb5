import { askCarrier, twilioClient, type TwilioOptions } from '../twilio/client.ts';
import { e164 } from '../twilio/e164.ts';
import { sidOf } from '../twilio/sid.ts';
import type { SmsPort } from './port.ts';

const LOOK_BACK = 50;

/** SMS through Twilio's API. */
export function twilioSms(options: TwilioOptions): SmsPort {
  const client = twilioClient(options);
  return {
    async send({ to, text, statusCallbackUrl }) {
      const message = await askCarrier(() =>
        client.messages.create({
          to: e164(to),
          from: options.from,
          body: text,
          statusCallback: statusCallbackUrl,
        }),
      );
      return { providerId: sidOf(message.sid) };
    },
    async find({ to, text, sinceMs }) {
      const messages = await askCarrier(() => client.messages.list({ to: e164(to), limit: LOOK_BACK }));
      // The carrier names the newest first.
      return messages
        .filter(
          (message) => message.body === text && (message.dateCreated?.getTime() ?? 0) >= sinceMs - 1_000,
        )
        .map((message) => ({ providerId: message.sid }))
        .toReversed();
    },
  };
}
