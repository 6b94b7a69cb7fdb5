import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { apiParts } from '../api/assemble.ts';
import { startApi } from '../api/server.ts';
import { openDatabase } from '../db/database.ts';
import { openVault } from '../db/keys/vault.ts';
import { migrate } from '../db/migrate.ts';
import { readSettings } from '../settings/settings.ts';
import { realSystems } from '../systems/assemble-real.ts';
import { startIssuer } from '../test/support/town/issuer.ts';
import { ensureDatabase, ensureRoles, withClient } from '../tools/postgres/roles.ts';
import { startPostgres } from '../tools/postgres/start-postgres.ts';
import { fillScreens } from './screens/fill.ts';

/** Accounts; a tenth of them has an open case. `node bench/screens.ts 100000` for a smaller district. */
const accounts = Number(process.argv[2] ?? 1_000_000);
const LIMIT_MS = 200;
const RUNS = 15;
const COMPANY = 'company-1';
const NOWHERE = 'http://127.0.0.1:9';
const key = Buffer.alloc(32, 5).toString('base64');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Each list as the console asks for it, with pages to walk before the one that is timed. */
const SCREENS: readonly (readonly [name: string, path: string, role: string, pages: number])[] = [
  ['cases, open', '/cases?status=open&limit=50', 'centre', 0],
  ['cases, open, page 20', '/cases?status=open&limit=50', 'centre', 20],
  ['cases, all', '/cases?limit=50', 'centre', 0],
  ['cases of a stage', '/cases?status=open&stage=approval&limit=50', 'centre', 0],
  ['cases of a centre', '/cases?status=open&centreId=centre-3&limit=50', 'company-head', 0],
  ['one case by number', '/cases?accountNo=320800000020', 'centre', 0],
  ['tasks', '/tasks?limit=50', 'reader', 0],
  ['tasks, page 20', '/tasks?limit=50', 'reader', 20],
  ['approvals', '/approvals?limit=50', 'station-head', 0],
  ['stops in force', '/stops?limit=20', 'centre', 0],
  ['imports', '/imports?limit=20', 'centre', 0],
  ['account', '/accounts/320800000020', 'centre', 0],
  ['a case', '/cases/case-20', 'team-leader', 0],
  ['dry run', '/screenings?centreId=centre-1&limit=50', 'centre', 0],
];

async function timed(work: () => Promise<Response>): Promise<{ ms: number; body: { next?: string | null } }> {
  const startedMs = performance.now();
  const response = await work();
  const body = (await response.json()) as { next?: string | null };
  if (!response.ok) throw new Error(`${response.url}: ${JSON.stringify(body)}`);
  return { ms: performance.now() - startedMs, body };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-screens-'));
const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), durable: false });
const issuer = await startIssuer(COMPANY);
try {
  const passwords = { app: 'app', owner: 'owner' };
  await ensureRoles(postgres.superuserUrl, passwords);
  const database = await ensureDatabase(postgres.superuserUrl, 'screens', passwords);
  await migrate(database.ownerUrl);
  const vault = openVault(`k1:${key}`, key);
  const filledMs = performance.now();
  await withClient(postgres.superuserUrl.replace(/\/[^/]*$/, '/screens'), (client) =>
    fillScreens(client, vault, accounts),
  );
  say(
    `${accounts} accounts, ${accounts / 10} open cases: filled in ${Math.round((performance.now() - filledMs) / 1000)} s`,
  );
  const settings = readSettings({
    DATABASE_URL: database.appUrl,
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    PUBLIC_URL: NOWHERE,
    OIDC_ISSUER: issuer.url,
    ...{ BILLING_URL: NOWHERE, BILLING_TOKEN: 'x', BILLING_WEBHOOK_SECRET: 'x'.repeat(16) },
    ...{ TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'x', SMTP_URL: 'smtp://127.0.0.1:9' },
    ...{ FIELD_WORK_URL: NOWHERE, FIELD_WORK_TOKEN: 'x', METER_URL: NOWHERE, METER_TOKEN: 'x' },
    ...{ GOVERNMENT_URL: NOWHERE, GOVERNMENT_TOKEN: 'x', BLOB_DIR: folder },
    ...{ DATA_KEYS: `k1:${key}`, HASH_KEY: key },
  });
  const db = openDatabase(settings.DATABASE_URL, { maxConnections: 8 });
  const connection = Connection.lazy({ address: settings.TEMPORAL_ADDRESS });
  const api = await startApi(
    {
      ...{ settings, db, vault, systems: realSystems(settings) },
      temporal: new Client({ connection }),
      log: pino({ level: 'silent' }),
    },
    apiParts(settings, { requestsPerMinute: 1_000_000 }),
    { port: 0 },
  );
  let worst = 0;
  for (const [name, where, role, pages] of SCREENS) {
    const centres = role === 'company-head' ? ('*' as const) : ['centre-1'];
    const token = await issuer.token({ roles: [role], centres });
    const ask = (cursor?: string | null): Promise<Response> =>
      fetch(`${api.url}${where}${cursor ? `&cursor=${cursor}` : ''}`, {
        headers: { authorization: `Bearer ${token}` },
      });
    let cursor: string | null | undefined;
    for (let page = 0; page < pages; page += 1) cursor = (await timed(() => ask(cursor))).body.next;
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) times.push((await timed(() => ask(cursor))).ms);
    times.sort((a, b) => a - b);
    const [median = 0, max = 0] = [times[Math.floor(RUNS / 2)], times.at(-1)];
    worst = Math.max(worst, median);
    say(
      `${name.padEnd(24)} median ${median.toFixed(0).padStart(4)} ms   worst ${max.toFixed(0).padStart(4)} ms`,
    );
  }
  say(`slowest median ${worst.toFixed(0)} ms, asked for: under ${LIMIT_MS} ms`);
  process.exitCode = worst < LIMIT_MS ? 0 : 1;
  await api.close();
  await connection.close();
  await db.close();
} finally {
  await issuer.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
