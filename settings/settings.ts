import { z } from 'zod';

const schema = z.object({
  /** PostgreSQL, as the application role (row-level security applies to it). */
  DATABASE_URL: z.string(),
  /** PostgreSQL, as the owner of the schema; only migrations use it. */
  DATABASE_OWNER_URL: z.string().optional(),
  TEMPORAL_ADDRESS: z.string(),
  TEMPORAL_NAMESPACE: z.string().default('fudian'),
  /** The company this installation serves; row-level security keeps it apart. */
  COMPANY_ID: z.string().default('company-1'),
  API_PORT: z.coerce.number().int().default(8300),
  /** The worker's figures and state (/metrics, /health, /ready); 0 takes a free port. */
  WORKER_PORT: z.coerce.number().int().default(0),
  /** From one address; a whole office may stand behind one. Webhooks of outside systems are not counted. */
  API_REQUESTS_PER_MINUTE: z.coerce.number().int().positive().default(1_200),
  /** What the outside world calls us; Twilio signs this. */
  PUBLIC_URL: z.string(),
  /** Token issuer; its keys are found by OIDC discovery. */
  OIDC_ISSUER: z.string(),
  OIDC_AUDIENCE: z.string().default('fudian'),
  /** The console's own client at the issuer: public, authorization code with PKCE. */
  OIDC_CONSOLE_CLIENT: z.string().default('fudian-console'),
  OIDC_CONSOLE_SCOPE: z.string().default('openid profile offline_access fudian'),
  /** Folder of the built console; without it the API serves none. */
  CONSOLE_DIR: z.string().optional(),
  BILLING_URL: z.string(),
  BILLING_TOKEN: z.string(),
  BILLING_WEBHOOK_SECRET: z.string().min(16),
  TWILIO_ACCOUNT_SID: z.string().startsWith('AC'),
  TWILIO_AUTH_TOKEN: z.string(),
  /** Only where the carrier is not Twilio's own host. */
  TWILIO_ORIGIN: z.string().optional(),
  TWILIO_FROM: z.string().default('+8695598'),
  /** Official account of the company; without an app id nobody is written to by WeChat. */
  WECHAT_ORIGIN: z.string().default('https://api.weixin.qq.com'),
  WECHAT_APP_ID: z.string().default(''),
  WECHAT_APP_SECRET: z.string().default(''),
  WECHAT_TEMPLATE_ID: z.string().default(''),
  /** Token agreed with the platform, with which it signs what it tells us. */
  WECHAT_TOKEN: z.string().default(''),
  SMTP_URL: z.string(),
  MAIL_FROM: z.string().default('fudian@example.invalid'),
  LETTER_SHOP_ADDRESS: z.string().default('letters@example.invalid'),
  FIELD_WORK_URL: z.string(),
  FIELD_WORK_TOKEN: z.string(),
  METER_URL: z.string(),
  METER_TOKEN: z.string(),
  GOVERNMENT_URL: z.string(),
  GOVERNMENT_TOKEN: z.string(),
  /** The public credit platform (H4). */
  CREDIT_PLATFORM_URL: z.string(),
  CREDIT_PLATFORM_TOKEN: z.string(),
  /** Folder of proof files. */
  BLOB_DIR: z.string(),
  /** Networks (CIDR, joined by commas) beside the public ones that subscribers to events may live in. */
  WEBHOOK_NETWORKS: z.string().default(''),
  /** Folder of the daily roots of the audit: a mount that the database's owner cannot rewrite. */
  ANCHOR_DIR: z.string().optional(),
  /** Mailbox that gets them, of somebody who does not answer to the database's owner. */
  ANCHOR_MAIL_TO: z.string().optional(),
  /** `id:base64(32 bytes)` joined by commas, newest first: column encryption. */
  DATA_KEYS: z.string(),
  /** base64(32 bytes), or a list as above: keyed hashes for lookup. */
  HASH_KEY: z.string(),
  /** base64(32 bytes): opaque ids. Never changes; the oldest of HASH_KEY where it is left out. */
  ID_KEY: z.string().optional(),
  /** As DATA_KEYS, which also serve here where it is left out: what the engine stores. */
  PAYLOAD_KEYS: z.string().optional(),
  /** JSON file with all of these, read again when it changes; where it is set, its keys count and the four above do not. */
  KEYS_FILE: z.string().optional(),
  /** Allows fast-forward of a case's clock; never in production. */
  DEMO_CLOCK: z.enum(['on', 'off']).default('off'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Everything the processes need to know of where they run; names are the environment variables. */
export type Settings = z.infer<typeof schema>;

/** Reads the settings, or says which variable is missing or wrong. @throws Error listing every fault */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Settings are incomplete:\n${faults.join('\n')}`);
}
