import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { apiParts } from '../../../api/assemble.ts';
import { startApi } from '../../../api/server.ts';
import { openDatabase, wholeCompany, type Db, type Tx } from '../../../db/database.ts';
import { connectEngine, engineClient } from '../../../engine/connect.ts';
import { vaultOf, type Vault } from '../../../db/keys/vault.ts';
import { readSettings, type Settings } from '../../../settings/settings.ts';
import { realSystems } from '../../../systems/assemble-real.ts';
import { createTestDatabase } from '../database.ts';
import { temporalAddress } from '../temporal.ts';
import { startIssuer, type TokenWish } from './issuer.ts';
import { stockTown } from './stock.ts';

const COMPANY = 'company-1';
const NOWHERE = 'http://127.0.0.1:9';

export interface Sent {
  token?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** The API alone against a database of its own: no worker, no district, and an issuer that makes any token. */
export interface ApiOnly {
  readonly url: string;
  readonly settings: Settings;
  readonly db: Db;
  readonly vault: Vault;
  token(wish: TokenWish): Promise<string>;
  send(path: string, sent?: Sent): Promise<Response>;
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Takes the database away; the API has to say so. */
  loseDatabase(): Promise<void>;
  close(): Promise<void>;
}

function settingsOf(
  databaseUrl: string,
  issuer: string,
  blobs: string,
  more: Record<string, string>,
): Settings {
  return readSettings({
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress(),
    COMPANY_ID: COMPANY,
    PUBLIC_URL: 'https://fudian.example',
    OIDC_ISSUER: issuer,
    BILLING_URL: NOWHERE,
    BILLING_TOKEN: 'billing',
    BILLING_WEBHOOK_SECRET: randomBytes(16).toString('hex'),
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
    TWILIO_ORIGIN: NOWHERE,
    SMTP_URL: 'smtp://127.0.0.1:9',
    FIELD_WORK_URL: NOWHERE,
    FIELD_WORK_TOKEN: 'field',
    METER_URL: NOWHERE,
    METER_TOKEN: 'meter',
    GOVERNMENT_URL: NOWHERE,
    GOVERNMENT_TOKEN: 'government',
    CREDIT_PLATFORM_URL: NOWHERE,
    CREDIT_PLATFORM_TOKEN: 'credit-platform',
    BLOB_DIR: blobs,
    DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    HASH_KEY: randomBytes(32).toString('base64'),
    ...more,
  });
}

export async function startApiOnly(
  more: { requestsPerMinute?: number; settings?: Record<string, string> } = {},
): Promise<ApiOnly> {
  const closers: (() => Promise<void> | void)[] = [];
  const blobs = mkdtempSync(path.join(os.tmpdir(), 'fudian-api-'));
  closers.push(() => rmSync(blobs, { recursive: true, force: true }));
  const database = await createTestDatabase();
  closers.push(() => database.drop());
  const issuer = await startIssuer(COMPANY);
  closers.push(() => issuer.close());
  const settings = settingsOf(database.appUrl, issuer.url, blobs, more.settings ?? {});
  const db = openDatabase(settings.DATABASE_URL, { maxConnections: 8 });
  let isOpen = true;
  const loseDatabase = async () => {
    if (isOpen) await db.close();
    isOpen = false;
  };
  closers.push(loseDatabase);
  const vault = vaultOf(settings);
  await stockTown(db.tx.bind(db), database.ownerUrl);
  const connection = await connectEngine(settings.TEMPORAL_ADDRESS, vault.keys);
  closers.push(() => connection.close());
  const temporal = engineClient(connection, 'default');
  const log = pino({ level: process.env['FUDIAN_TEST_LOG'] ?? 'silent' });
  const parts = apiParts(settings, { requestsPerMinute: more.requestsPerMinute ?? 1_000_000 });
  const api = await startApi({ settings, db, vault, systems: realSystems(settings), temporal, log }, parts, {
    port: 0,
  });
  closers.push(() => api.close());
  return {
    url: api.url,
    settings,
    db,
    vault,
    token: (wish) => issuer.token(wish),
    send: (where, { token, method = 'GET', headers, body } = {}) =>
      fetch(`${api.url}${where}`, {
        method,
        redirect: 'manual',
        headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      }),
    tx: (work) => db.tx(wholeCompany(COMPANY), work),
    loseDatabase,
    async close() {
      for (const end of closers.reverse()) await end();
    },
  };
}

/** A customer as the database knows it; the bill is 50.00 yuan, due long ago. */
export async function putAccount(api: ApiOnly, accountNo: string, centreId = 'centre-1'): Promise<string> {
  const { vault } = api;
  const accountId = vault.idOf('acc', COMPANY, accountNo);
  const phone = `+86138${accountNo.slice(-8)}`;
  await api.tx(async (tx) => {
    await tx.run(
      `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no,
                             debtor_id, reader_id, name_enc, phone_enc, address_enc, phone_hash, remote_switch, protection)
       values ($1, $2, $3, $4, '淮阴区', 'resident', 'resident', $5, $6, 'reader-zhang', $7, $8, $9, $10, false, 'none')`,
      [
        accountId,
        COMPANY,
        centreId,
        accountNo,
        `M${accountNo}`,
        vault.idOf('debtor', COMPANY, accountNo),
        vault.seal('张三丰'),
        vault.seal(phone),
        vault.seal('长江路七号'),
        vault.hashExact(phone),
      ],
    );
    await tx.run(
      `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
       values ($1, $2, $3, $4, 'electricity', '2026-05', 5000, 0, '2026-06-01', '2026-06-20')`,
      [COMPANY, centreId, `B${accountNo}`, accountId],
    );
  });
  return accountId;
}
