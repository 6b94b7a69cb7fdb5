import { z } from 'zod';
import type { SimSecrets } from './secrets.ts';
import { startSim } from './start-sim.ts';

const environment = z.object({
  SIM_DATABASE_URL: z.string(),
  SIM_HOST: z.string().default('127.0.0.1'),
  SIM_PORT: z.coerce.number().int().default(8400),
  SIM_SMTP_PORT: z.coerce.number().int().default(8425),
  /** What other machines call the district; becomes part of the issuer's name. */
  SIM_ORIGIN: z.url().optional(),
  SIM_SMTP_HOST: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  COMPANY_ID: z.string().default('company-1'),
  BILLING_TOKEN: z.string().optional(),
  BILLING_WEBHOOK_SECRET: z.string().optional(),
  TWILIO_ACCOUNT_SID: z.string().optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  FIELD_WORK_TOKEN: z.string().optional(),
  METER_TOKEN: z.string().optional(),
  GOVERNMENT_TOKEN: z.string().optional(),
  CREDIT_PLATFORM_TOKEN: z.string().optional(),
});

const env = environment.parse(process.env);
const secrets: Record<keyof SimSecrets, string | undefined> = {
  billingToken: env.BILLING_TOKEN,
  billingWebhookSecret: env.BILLING_WEBHOOK_SECRET,
  twilioAccountSid: env.TWILIO_ACCOUNT_SID,
  twilioAuthToken: env.TWILIO_AUTH_TOKEN,
  fieldWorkToken: env.FIELD_WORK_TOKEN,
  meterToken: env.METER_TOKEN,
  governmentToken: env.GOVERNMENT_TOKEN,
  creditPlatformToken: env.CREDIT_PLATFORM_TOKEN,
};

const sim = await startSim({
  databaseUrl: env.SIM_DATABASE_URL,
  host: env.SIM_HOST,
  port: env.SIM_PORT,
  smtpPort: env.SIM_SMTP_PORT,
  origin: env.SIM_ORIGIN,
  smtpHost: env.SIM_SMTP_HOST,
  publicUrl: env.PUBLIC_URL,
  companyId: env.COMPANY_ID,
  secrets: Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== undefined)),
});
console.log(`The simulated district is at ${sim.origin}, its mail server at ${sim.smtpUrl}.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    sim.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
