import { randomBytes } from 'node:crypto';
import type { Statements } from './books/books.ts';
import { settingOrMade } from './books/settings.ts';

/** The secrets that the district shares with Fudian. */
export interface SimSecrets {
  billingToken: string;
  billingWebhookSecret: string;
  /** `AC` and 32 hex digits. */
  twilioAccountSid: string;
  twilioAuthToken: string;
  fieldWorkToken: string;
  meterToken: string;
  governmentToken: string;
  creditPlatformToken: string;
}

/** The secrets handed in; those that are missing are made once and kept in the books. */
export async function secretsOf(books: Statements, given: Partial<SimSecrets>): Promise<SimSecrets> {
  const made = await settingOrMade<Omit<SimSecrets, 'creditPlatformToken'>>(books, 'secrets', async () => ({
    billingToken: randomText(),
    billingWebhookSecret: randomText(),
    twilioAccountSid: `AC${randomBytes(16).toString('hex')}`,
    twilioAuthToken: randomText(),
    fieldWorkToken: randomText(),
    meterToken: randomText(),
    governmentToken: randomText(),
  }));
  // Made apart: books that were opened before there was a platform lack it.
  const creditPlatformToken = await settingOrMade(books, 'credit-platform-token', async () => randomText());
  return { ...made, creditPlatformToken, ...given };
}

function randomText(): string {
  return randomBytes(24).toString('base64url');
}
