import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Db } from '../../db/database.ts';
import { wholeCompany } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { importArrears } from '../../intake/import/import-arrears.ts';
import type { ImportResult } from '../../intake/import/import-arrears.ts';
import { mendFile } from '../../intake/import/mend-file.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { SimClient } from '../../sim/client.ts';
import type { Report } from '../report.ts';
import { seedFromDatabase } from './seed-from-database.ts';
import { centres } from './set-up-company.ts';

const exampleAccounts = 48;
/** Who imports in the example company. */
export const importer = 'clerk-chen';

/** What loading needs. */
export interface Loading {
  readonly db: Db;
  readonly vault: Vault;
  readonly companyId: string;
  readonly report: Report;
  /** Where bad rows are written to. */
  readonly dataDir: string;
  /** Centre of rows that name none; the first unless told. */
  readonly centreId?: string;
  readonly by?: string;
}

/** What a file did, and where its bad rows lie to be mended; null = there are none. */
export interface Loaded extends ImportResult {
  readonly mendFile: string | null;
}

/** Writes the bad rows with their reasons beside the data. @returns the file */
async function writeMendFile(loading: Loading, importId: string, fileName: string): Promise<string> {
  const folder = path.join(loading.dataDir, 'to-mend');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${path.parse(fileName).name}-${importId.slice(-8)}.csv`);
  await loading.db.tx(wholeCompany(loading.companyId), (tx) =>
    // Names and addresses stand in it as they stood in the original.
    pipeline(
      Readable.from(mendFile(tx, loading.vault, importId, 'zh')),
      createWriteStream(file, { mode: 0o600 }),
    ),
  );
  return file;
}

async function load(loading: Loading, stream: Readable, fileName: string): Promise<Loaded> {
  const { db, vault, companyId, report } = loading;
  const done = await importArrears(
    { db, vault, scope: wholeCompany(companyId) },
    {
      ...{ stream, fileName },
      centreId: loading.centreId ?? centres[0].centreId,
      by: loading.by ?? importer,
    },
  );
  const { rowsRead, rowsNew, rowsChanged, rowsSame, rowsBad } = done;
  report(
    `Imported ${fileName}: ${rowsRead} rows, ${rowsNew} new, ${rowsChanged} changed, ${rowsSame} as before, ${rowsBad} bad`,
  );
  const toMend = rowsBad === 0 ? null : await writeMendFile(loading, done.importId, fileName);
  if (toMend !== null) report(`  bad rows, each with field and reason, to mend and import again: ${toMend}`);
  return { ...done, mendFile: toMend };
}

/** Makes the example district: customers, a street of stories, and the arrears file that their billing system exports. */
export async function loadExample(
  loading: Loading,
  district: SimClient,
  billingToken: string,
  nowMs: number,
): Promise<void> {
  const today = civilDateAt(nowMs);
  await district.seedDistrict({ accounts: exampleAccounts, today });
  await district.seedStreet({ today });
  const file = await district.arrearsFile(billingToken, 'gb18030');
  await load(loading, Readable.from([file]), `arrears-${today}.csv`);
}

/** Imports a person's own file, and tells the simulated billing system (where there is one) what stands in it. */
export async function loadFile(
  loading: Loading,
  file: string,
  district: SimClient | undefined,
): Promise<Loaded> {
  const done = await load(loading, createReadStream(file), path.basename(file));
  if (district === undefined) return done;
  const known = await seedFromDatabase(loading.db, loading.vault, loading.companyId, district);
  loading.report(`The simulated billing system knows ${known} accounts`);
  return done;
}
