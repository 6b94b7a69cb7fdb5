import { openDatabase, json, wholeCompany, type Db, type Tx } from '../../../db/database.ts';
import { openVault } from '../../../db/keys/vault.ts';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import type { ActivityDeps } from '../../../activities/deps.ts';
import type { CaseMoment } from '../../../activities/contract.ts';
import { seedCalendar } from '../../../tools/calendar/seed-calendar.ts';
import { createTestDatabase } from '../../support/database.ts';

export const COMPANY = 'company-1';
export const CENTRE = 'centre-1';
export const policy = defaultPolicy(civilDate('2026-06-20'));
/** Wednesday 1 July 2026, 10:00. */
export const NOW_MS = epochMsOf(civilDate('2026-07-01'), 600);

const key = Buffer.alloc(32, 7).toString('base64');
export const vault = openVault(`k1:${key}`, key);

export interface District {
  db: Db;
  deps: ActivityDeps;
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A company with one centre, a calendar, and crews from June to October 2026. */
export async function openDistrict(): Promise<District> {
  const database = await createTestDatabase();
  const db = openDatabase(database.appUrl, { maxConnections: 6, name: 'planning test' });
  const tx: District['tx'] = (work) => db.tx(wholeCompany(COMPANY), work);
  await tx(async (t) => {
    await t.run(`insert into companies values ($1, '复电供电公司')`, [COMPANY]);
    await t.run(`insert into centres values ($1, $2, '城东', 'east')`, [CENTRE, COMPANY]);
    await seedCalendar(t, COMPANY);
    await t.run(
      `insert into crew_capacity select $1, $2, d::date, 2, 2 from generate_series('2026-06-01'::date, '2026-10-31', '1 day') d`,
      [COMPANY, CENTRE],
    );
  });
  // The acts of planning talk to no system.
  const systems = {} as unknown as ActivityDeps['systems'];
  return {
    db,
    deps: { db, vault, systems, publicUrl: 'https://fudian.test' },
    tx,
    async close() {
      await db.close();
      await database.drop();
    },
  };
}

export interface AccountOver {
  customerClass?: 'resident' | 'non-resident';
  category?: string;
  protection?: 'none' | 'registered' | null;
  remoteSwitch?: boolean;
  openFen?: number;
  centreId?: string;
}

/** An account with one bill due on 1 June 2026 and a case whose first reminder was served on 20 June. */
export async function openCaseFor(
  district: District,
  name: string,
  over: AccountOver = {},
): Promise<CaseMoment> {
  const at = {
    companyId: COMPANY,
    centreId: CENTRE,
    accountId: `acc-${name}`,
    caseId: `case-${name}`,
    attempt: 1,
    nowMs: NOW_MS,
  };
  const { customerClass = 'resident', category = customerClass, protection = 'none' } = over;
  await district.tx(async (tx) => {
    await tx.run(
      `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no,
                             debtor_id, reader_id, name_enc, address_enc, protection, remote_switch)
       values ($1, $2, $3, $1, 'east', $4, $5, 'meter-1', 'debtor-1', 'reader-1', $6, $7, $8, $9)`,
      [
        at.accountId,
        COMPANY,
        CENTRE,
        customerClass,
        category,
        vault.seal('王小明'),
        vault.seal('解放路1号'),
        protection,
        over.remoteSwitch ?? false,
      ],
    );
    await addBill(tx, at, `bill-${name}`, '2026-06-01', over.openFen ?? 20_000);
    await tx.run(
      `insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since, launched_by, opened_at)
       values ($1, $2, $3, $4, $5, $6, 'planning', $7, 'reader-1', $7)`,
      [at.caseId, COMPANY, CENTRE, at.accountId, policy.version, json(policy), '2026-06-12T02:00:00Z'],
    );
    await putNotice(tx, at, 'first-dunning', 'served', '2026-06-20');
  });
  return at;
}

export const addBill = (
  tx: Tx,
  at: CaseMoment,
  billId: string,
  dueOn: string,
  principalFen: number,
  service = 'electricity',
) =>
  tx.run(
    `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
     values ($1, $2, $3, $4, $5, '2026-05', $6, 0, $7, $7)`,
    [COMPANY, CENTRE, billId, at.accountId, service, principalFen, dueOn],
  );

export const putNotice = (tx: Tx, at: CaseMoment, kind: string, status: string, on: string) =>
  tx.run(
    `insert into notices (notice_id, company_id, centre_id, case_id, account_id, kind, attempt, status, named_bills, principal_fen,
                          late_fee_fen, sum_fen, text_enc, served_on, served_at, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, '[]', 20000, 0, 20000, $9, $10::date, $10::date, $10::date)`,
    [
      `notice/${at.caseId}/${kind}/${at.attempt}`,
      COMPANY,
      CENTRE,
      at.caseId,
      at.accountId,
      kind,
      at.attempt,
      status,
      vault.sealJson({}),
      on,
    ],
  );
