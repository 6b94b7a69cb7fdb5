import type { Settings } from '../settings/settings.ts';
import { folderAnchor } from './anchor/folder-anchor.ts';
import { mailAnchor } from './anchor/mail-anchor.ts';
import { httpBilling } from './billing/http-billing.ts';
import { folderBlobs } from './blobs/folder-blobs.ts';
import { httpCreditPlatform } from './credit-platform/http-credit-platform.ts';
import { httpEvents } from './events/http-events.ts';
import { httpFieldWork } from './field-work/http-field-work.ts';
import { httpGovernment } from './government/http-government.ts';
import { smtpMail } from './mail/smtp-mail.ts';
import { httpMeter } from './meter/http-meter.ts';
import { twilioSms } from './sms/twilio-sms.ts';
import type { Systems } from './systems.ts';
import { twilioVoice } from './voice/twilio-voice.ts';
import { officialAccount } from './wechat/official-account.ts';

/** The systems at the addresses of the settings; the simulated district is reached by the same adapters. */
export function realSystems(settings: Settings): Systems {
  const carrier = {
    accountSid: settings.TWILIO_ACCOUNT_SID,
    authToken: settings.TWILIO_AUTH_TOKEN,
    from: settings.TWILIO_FROM,
    origin: settings.TWILIO_ORIGIN,
  };
  const mail = smtpMail({
    smtpUrl: settings.SMTP_URL,
    from: settings.MAIL_FROM,
    letterShop: settings.LETTER_SHOP_ADDRESS,
  });
  return {
    billing: httpBilling({ baseUrl: settings.BILLING_URL, token: settings.BILLING_TOKEN }),
    sms: twilioSms(carrier),
    voice: twilioVoice(carrier),
    wechat: officialAccount({
      origin: settings.WECHAT_ORIGIN,
      appId: settings.WECHAT_APP_ID,
      appSecret: settings.WECHAT_APP_SECRET,
      templateId: settings.WECHAT_TEMPLATE_ID,
    }),
    mail,
    events: httpEvents(settings.WEBHOOK_NETWORKS.split(',').filter((network) => network !== '')),
    fieldWork: httpFieldWork({ baseUrl: settings.FIELD_WORK_URL, token: settings.FIELD_WORK_TOKEN }),
    meter: httpMeter({ baseUrl: settings.METER_URL, token: settings.METER_TOKEN }),
    government: httpGovernment({ baseUrl: settings.GOVERNMENT_URL, token: settings.GOVERNMENT_TOKEN }),
    creditPlatform: httpCreditPlatform({
      baseUrl: settings.CREDIT_PLATFORM_URL,
      token: settings.CREDIT_PLATFORM_TOKEN,
    }),
    blobs: folderBlobs(settings.BLOB_DIR),
    anchors: [
      ...(settings.ANCHOR_DIR ? [folderAnchor(settings.ANCHOR_DIR)] : []),
      ...(settings.ANCHOR_MAIL_TO ? [mailAnchor(mail, settings.ANCHOR_MAIL_TO)] : []),
    ],
  };
}
