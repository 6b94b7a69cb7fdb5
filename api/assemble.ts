import { isBillingSignatureValid } from '../systems/billing/webhook-signature.ts';
import { isTwilioSignatureValid } from '../systems/twilio/webhook-signature.ts';
import { isWechatSigned } from '../systems/wechat/webhook-signature.ts';
import { askForKey, sayGoodbye } from '../systems/voice/twiml.ts';
import type { Settings } from '../settings/settings.ts';
import { ROUTES } from './routes/index.ts';
import type { ServerParts } from './server.ts';

/** The parts of the API that come from the outside systems' dialects; tests may change the limit on requests. */
export function apiParts(settings: Settings, more: { requestsPerMinute?: number } = {}): ServerParts {
  return {
    routes: ROUTES,
    carrier: {
      isSigned: (request) => isTwilioSignatureValid(settings.TWILIO_AUTH_TOKEN, request),
      askForKey,
      sayGoodbye,
    },
    isWechatSigned: (query) => isWechatSigned(settings.WECHAT_TOKEN, query, Date.now()),
    isBillingSigned: (request) =>
      isBillingSignatureValid(settings.BILLING_WEBHOOK_SECRET, request, Date.now()),
    requestsPerMinute: settings.API_REQUESTS_PER_MINUTE,
    ...more,
  };
}
