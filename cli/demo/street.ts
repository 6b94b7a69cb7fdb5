import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Connection } from '@temporalio/client';
import { openDatabase, wholeCompany } from '../../db/database.ts';
import type { Db } from '../../db/database.ts';
import { vaultOf } from '../../db/keys/vault.ts';
import { connectEngine } from '../../engine/connect.ts';
import { importArrears } from '../../intake/import/import-arrears.ts';
import { setHold } from '../../intake/holds/set-hold.ts';
import { setShield } from '../../intake/shields/set-shield.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { simClient } from '../../sim/client.ts';
import type { SimClient } from '../../sim/client.ts';
import type { Story } from '../../sim/district/street.ts';
import { assumeLegalHolidays, setUpCompany } from '../../tools/district/set-up-company.ts';
import type { Report } from '../../tools/report.ts';
import { startStack } from '../../tools/stack/start-stack.ts';
import { apiClient } from '../core/api-client.ts';
import type { ApiClient } from '../core/api-client.ts';

const shieldDays = 75;

/** The example street on a stack of its own. */
export interface Street {
  readonly stories: readonly Story[];
  readonly district: SimClient;
  readonly db: Db;
  readonly connection: Connection;
  readonly namespace: string;
  readonly companyId: string;
  /** The API as one of the district's people. */
  as(personId: string): ApiClient;
  accountIdOf(accountNo: string): string;
  /** The customer disputes the bill at 95598. */
  dispute(accountNo: string): Promise<void>;
  close(): Promise<void>;
}

/** Brings up a stack in a temporary folder with the street's customers, their arrears imported and the shield set. */
export async function openStreet(report: Report, language: string, env: NodeJS.ProcessEnv): Promise<Street> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'fudian-demo-'));
  const ends: (() => Promise<void> | void)[] = [() => rmSync(dataDir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  try {
    // The demo touches nothing that is yours: no database, engine or system of the environment is used.
    const { PATH, HOME, TMPDIR, TEMPORAL_SERVER_PATH, XDG_CACHE_HOME } = env;
    const own = { PATH, HOME, TMPDIR, TEMPORAL_SERVER_PATH, XDG_CACHE_HOME };
    const stack = await startStack({ dataDir, report, env: own });
    ends.push(() => stack.close());
    const { env: settings, urls } = stack;
    const companyId = settings['COMPANY_ID'] ?? 'company-1';
    const db = openDatabase(settings['DATABASE_URL'] ?? '', { maxConnections: 8, name: 'fudian-demo' });
    ends.push(() => db.close());
    const vault = vaultOf(settings);
    const connection = await connectEngine(settings['TEMPORAL_ADDRESS'] ?? '', vault.keys);
    ends.push(() => connection.close());
    const district = simClient(urls.sim ?? '');
    const intake = { db, vault, scope: wholeCompany(companyId) };
    const today = civilDateAt(Date.now());
    await setUpCompany(db, companyId, Date.now());
    await assumeLegalHolidays(db, companyId, Date.now());
    const stories = await district.seedStreet({ today });
    const file = await district.arrearsFile(settings['BILLING_TOKEN'] ?? '');
    const imported = await importArrears(intake, {
      stream: Readable.from([file]),
      fileName: 'street.csv',
      centreId: 'centre-1',
      by: 'clerk-chen',
    });
    report(`The street: ${stories.length} customers, ${imported.rowsNew} bills imported`);
    for (const { account, needs } of stories)
      if (needs === 'shield')
        await setShield(intake, {
          ...{ region: account.region, effect: 'no-stop', orderNo: '考保电〔2026〕1号', reason: '考试保电' },
          ...{ from: today, to: addDays(today, shieldDays), by: 'manager-sun' },
        });
    const tokens = new Map<string, Promise<string>>();
    const tokenOf = (personId: string): Promise<string> => {
      const token = tokens.get(personId) ?? district.token(personId);
      tokens.set(personId, token);
      return token;
    };
    return {
      ...{ stories, district, db, connection, companyId, close },
      namespace: settings['TEMPORAL_NAMESPACE'] ?? 'fudian',
      as: (personId) => apiClient(urls.api, () => tokenOf(personId), language),
      async dispute(accountNo) {
        const call = { about: 'billing', reason: '对电费有异议', by: 'clerk-xu' } as const;
        await setHold(intake, { accountNo, kind: 'dispute', ...call });
      },
      accountIdOf: (accountNo) => vault.idOf('acc', companyId, accountNo),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
