import { tokenAudience } from './identity/provider.ts';
import type { SimSecrets } from './secrets.ts';
import type { WechatSecrets } from './wechat/official-account.ts';

/** The environment with which Fudian talks to this district; each URL is the root of that system's paths. */
export function settingsOf(district: {
  secrets: SimSecrets;
  wechat: WechatSecrets;
  origin: string;
  smtpUrl: string;
  publicUrl: string | undefined;
}): Record<string, string> {
  const { secrets, wechat, origin, smtpUrl, publicUrl } = district;
  return {
    OIDC_ISSUER: `${origin}/idp`,
    OIDC_AUDIENCE: tokenAudience,
    BILLING_URL: `${origin}/billing`,
    BILLING_TOKEN: secrets.billingToken,
    BILLING_WEBHOOK_SECRET: secrets.billingWebhookSecret,
    TWILIO_ACCOUNT_SID: secrets.twilioAccountSid,
    TWILIO_AUTH_TOKEN: secrets.twilioAuthToken,
    TWILIO_ORIGIN: origin,
    SMTP_URL: smtpUrl,
    WECHAT_ORIGIN: origin,
    WECHAT_APP_ID: wechat.appId,
    WECHAT_APP_SECRET: wechat.appSecret,
    WECHAT_TEMPLATE_ID: 'district-notice',
    WECHAT_TOKEN: wechat.token,
    FIELD_WORK_URL: `${origin}/field-work`,
    FIELD_WORK_TOKEN: secrets.fieldWorkToken,
    METER_URL: `${origin}/meter`,
    METER_TOKEN: secrets.meterToken,
    GOVERNMENT_URL: `${origin}/government`,
    GOVERNMENT_TOKEN: secrets.governmentToken,
    CREDIT_PLATFORM_URL: `${origin}/credit-platform`,
    CREDIT_PLATFORM_TOKEN: secrets.creditPlatformToken,
    ...(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl }),
  };
}
