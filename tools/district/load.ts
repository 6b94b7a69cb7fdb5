import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Db } from '../../db/database.ts';
import { wholeCompany } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { importArrears } from '../../intake/import/import-arrears.ts';
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
}

async function load(loading: Loading, stream: Readable, fileName: string): Promise<void> {
  const { db, vault, companyId, report } = loading;
  const done = await importArrears(
    { db, vault, scope: wholeCompany(companyId) },
    { stream, fileName, centreId: centres[0].centreId, by: importer },
  );
  const { rowsRead, rowsNew, rowsChanged, rowsSame, rowsBad } = done;
  report(
    `Imported ${fileName}: ${rowsRead} rows, ${rowsNew} new, ${rowsChanged} changed, ${rowsSame} as before, ${rowsBad} bad`,
  );
  if (rowsBad > 0)
    report(`  the bad rows, with field and reason: npm run fudian -- import --rejects ${done.importId}`);
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
): Promise<void> {
  await load(loading, createReadStream(file), path.basename(file));
  if (district === undefined) return;
  const known = await seedFromDatabase(loading.db, loading.vault, loading.companyId, district);
  loading.report(`The simulated billing system knows ${known} accounts`);
}
