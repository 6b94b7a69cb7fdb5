import type { ActivityDeps } from '../../../activities/deps.ts';
import { openDatabase, wholeCompany, type Db, type Tx } from '../../../db/database.ts';
import { openVault } from '../../../db/keys/vault.ts';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import type { Systems } from '../../../systems/systems.ts';
import { createTestDatabase } from '../../support/database.ts';

export const COMPANY = 'co-1';
export const CENTRE = 'centre-1';
/** Wednesday; the red notice was served on the Wednesday before. */
export const STOP_DATE = civilDate('2026-11-11');
export const TICKET_DATE = civilDate('2026-11-10');
export const SERVED_ON = civilDate('2026-11-04');
export const START_MINUTE = 600;
/** T: 2026-11-11 10:00. */
export const STOP_AT_MS = epochMsOf(STOP_DATE, START_MINUTE);
export const MINUTE_MS = 60_000;

export interface Workbench {
  db: Db;
  deps: ActivityDeps;
  /** As the owner of the tables. */
  ownerUrl: string;
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A database of its own and the acts' dependencies; no act of these tests talks to a system. */
export async function openWorkbench(): Promise<Workbench> {
  const database = await createTestDatabase();
  const db = openDatabase(database.appUrl, { maxConnections: 12, name: 'test' });
  const key = Buffer.alloc(32, 7).toString('base64');
  const vault = openVault(`k1:${key}`, key);
  const deps: ActivityDeps = { db, vault, systems: {} as Systems, publicUrl: 'http://127.0.0.1' };
  const bench: Workbench = {
    db,
    deps,
    ownerUrl: database.ownerUrl,
    tx: (work) => db.tx(wholeCompany(COMPANY), work),
    async close() {
      await db.close();
      await database.drop();
    },
  };
  await bench.tx(async (tx) => {
    await tx.run(`insert into companies values ($1, '淮安供电')`, [COMPANY]);
    await tx.run(`insert into centres values ($1, $2, '一中心', 'huaiyin')`, [CENTRE, COMPANY]);
    await tx.run(
      `insert into calendar_years (company_id, year, source, off_days, workdays)
       values ($1, 2026, 'test', '{2026-10-01,2026-10-02,2026-10-05}', '{}')`,
      [COMPANY],
    );
  });
  return bench;
}
