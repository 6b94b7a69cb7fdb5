import { askCarrier, twilioClient, type TwilioOptions } from '../twilio/client.ts';
import { e164 } from '../twilio/e164.ts';
import { sidOf } from '../twilio/sid.ts';
import type { VoicePort } from './port.ts';

const LOOK_BACK = 20;

/** Voice calls through Twilio's API. */
export function twilioVoice(options: TwilioOptions): VoicePort {
  const client = twilioClient(options);
  return {
    async place({ to, answerUrl, statusCallbackUrl, ringTimeoutSeconds }) {
      const call = await askCarrier(() =>
        client.calls.create({
          to: e164(to),
          from: options.from,
          url: answerUrl,
          method: 'POST',
          statusCallback: statusCallbackUrl,
          statusCallbackEvent: ['completed'],
          statusCallbackMethod: 'POST',
          timeout: ringTimeoutSeconds,
        }),
      );
      return { providerId: sidOf(call.sid) };
    },
    async status(providerId) {
      return (await askCarrier(() => client.calls(providerId).fetch())).status;
    },
    async find({ to, sinceMs }) {
      const calls = await askCarrier(() => client.calls.list({ to: e164(to), limit: LOOK_BACK }));
      // The carrier names the newest first.
      return calls
        .filter((call) => (call.dateCreated?.getTime() ?? 0) >= sinceMs - 1_000)
        .map((call) => ({ providerId: call.sid }))
        .toReversed();
    },
  };
}
