import { createHmac } from 'node:crypto';
import type { WebhookSender } from '../webhooks/webhooks.ts';

export const formContentType = 'application/x-www-form-urlencoded';

/** X-Twilio-Signature: the URL as the customer gave it, then every parameter's name and value in the order of names. */
export function twilioSignature(authToken: string, url: string, parameters: URLSearchParams): string {
  const sorted = [...parameters].toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const signed = url + sorted.map(([name, value]) => name + value).join('');
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}

/** Status callbacks as Twilio sends them: one more try when the connection fails, none after an answer. */
export function carrierSender(authToken: string): WebhookSender {
  return {
    retryDelaysMs: [250],
    retriesRefusals: false,
    headers: (url, body) => ({
      'x-twilio-signature': twilioSignature(authToken, url, new URLSearchParams(body)),
    }),
  };
}
