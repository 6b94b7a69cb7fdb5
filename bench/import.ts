import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { openDatabase, wholeCompany, type Db } from '../db/database.ts';
import { openVault } from '../db/keys/vault.ts';
import { migrate } from '../db/migrate.ts';
import { importArrears } from '../intake/import/import-arrears.ts';
import { screenCentre } from '../intake/screening/screen-centre.ts';
import { addDays } from '../rules/calendar/civil-date.ts';
import { civilDateAt } from '../rules/calendar/shanghai-time.ts';
import { setUpCompany, centres } from '../tools/district/set-up-company.ts';
import { ensureDatabase, ensureRoles, withClient } from '../tools/postgres/roles.ts';
import { removeLeftClusters } from '../tools/postgres/left-clusters.ts';
import { startPostgres } from '../tools/postgres/start-postgres.ts';

/** Rows of the file, one bill of one account each; `node bench/import.ts 100000` for a smaller one. */
const rowCount = Number(process.argv[2] ?? 1_000_000);
const companyId = 'bench';
const key = Buffer.alloc(32, 3).toString('base64');
const vault = openVault(`k1:${key}`, key);
const tables = ['accounts', 'account_search', 'bills'] as const;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const HEADER =
  'account_no,name,phone,address,centre,class,category,meter_no,reader,protection,bill_id,service,principal,paid,issued,due\n';
const surnames = [...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高'];
const letters = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂建华国文玉志红海'];
const streets = ['长江路', '黄河路', '北京东路', '淮海南路', '承德路', '健康西路', '人民路', '解放东路'];

/** A made-up file of arrears in pieces of 64 KB or so, never whole in memory. */
function* arrears(): Generator<Buffer> {
  const today = civilDateAt(Date.now());
  const [issued, due] = [addDays(today, -60), addDays(today, -45)];
  let piece = HEADER;
  const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;
  for (let n = 0; n < rowCount; n += 1) {
    const name = `${pick(surnames, n)}${pick(letters, n * 7)}${pick(letters, Math.floor(n / 11))}`;
    const address = `淮安市${pick(streets, n)}${n % 900}号${n % 30}幢${(n * 13) % 2_000}室`;
    piece += `3208${String(n).padStart(8, '0')},${name},139${String(n).padStart(8, '0')},${address},${pick(centres, n).centreId},居民,居民,M${n},reader-${n % 50},none,B${n},电费,"¥${1 + (n % 9)},${String(n % 1_000).padStart(3, '0')}.50",0,${issued},${due}\n`;
    if (piece.length < 32_768) continue;
    yield Buffer.from(piece, 'utf8');
    piece = '';
  }
  yield Buffer.from(piece, 'utf8');
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}

let peakBytes = 0;

async function importOnce(db: Db): Promise<number> {
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
  }, 200);
  let told = '';
  const took = await seconds(async () => {
    const result = await importArrears(
      { db, vault, scope: wholeCompany(companyId) },
      { stream: Readable.from(arrears()), fileName: 'bench.csv', centreId: 'centre-1', by: 'bench' },
    );
    told = `${result.rowsNew} new, ${result.rowsSame} same, ${result.rowsBad} bad`;
  });
  clearInterval(watch);
  say(`import      ${took.toFixed(1)} s, ${Math.round(rowCount / took)} rows/s (${told})`);
  return took;
}

async function screenAll(db: Db): Promise<number> {
  let screened = 0;
  let permitted = 0;
  const screen = async (centreId: string): Promise<void> => {
    for (let after: string | null = ''; after !== null;) {
      const from: string = after;
      const page: Awaited<ReturnType<typeof screenCentre>> = await db.tx(wholeCompany(companyId), (tx) =>
        screenCentre(tx, vault, { centreId, after: from, limit: 5_000 }),
      );
      screened += page.items.length;
      permitted += page.items.filter(({ outcome }) => outcome === 'permitted').length;
      after = page.next;
    }
  };
  // Each centre screens its own, side by side.
  const took = await seconds(() => Promise.all(centres.map(({ centreId }) => screen(centreId))));
  say(`screening   ${took.toFixed(1)} s, ${screened} accounts, ${permitted} may enter`);
  return took;
}

/** The same sealed rows, read out once, into bare tables with the same columns and indexes; only the way in is timed. */
async function bareCopy(client: pg.Client, folder: string): Promise<number> {
  let took = 0;
  for (const table of tables) {
    const file = path.join(folder, table);
    await pipeline(client.query(copyTo(`copy ${table} to stdout (format binary)`)), createWriteStream(file));
    await client.query(`create table bare_${table} (like ${table} including all)`);
    took += await seconds(() =>
      pipeline(
        createReadStream(file, { highWaterMark: 65_536 }),
        client.query(copyFrom(`copy bare_${table} from stdin (format binary)`)),
      ),
    );
  }
  say(
    `load average ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
  say(
    `bare COPY   ${took.toFixed(1)} s, ${Math.round(rowCount / took)} rows/s (same sealed rows and indexes)`,
  );
  return took;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-bench-'));
const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), durable: true });
try {
  await ensureRoles(postgres.superuserUrl, { app: 'app', owner: 'owner' });
  const urls = await ensureDatabase(postgres.superuserUrl, 'bench', { app: 'app', owner: 'owner' });
  await migrate(urls.ownerUrl);
  const db = openDatabase(urls.appUrl, { maxConnections: 4, name: 'bench import' });
  await setUpCompany(db, companyId, Date.now());
  const imported = await importOnce(db);
  await withClient(urls.ownerUrl, (client) => client.query('analyze'));
  const screening = await screenAll(db);
  const again = await importOnce(db);
  const bare = await withClient(urls.ownerUrl, (client) => bareCopy(client, folder));
  await db.close();
  say(`import / bare COPY                ${(imported / bare).toFixed(2)}`);
  say(`import and screening / bare COPY  ${((imported + screening) / bare).toFixed(2)}   (target < 2)`);
  say(`the same file again / bare COPY   ${(again / bare).toFixed(2)}`);
  say(`memory at most                    ${Math.round(peakBytes / 1e6)} MB`);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  removeLeftClusters();
}
