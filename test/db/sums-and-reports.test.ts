import pg from 'pg';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, wholeCompany, type Db } from '../../db/database.ts';
import { listReports } from '../../db/reads/list-reports.ts';
import { countRecovered } from '../../db/reads/management/count-recovered.ts';
import { countRestorations } from '../../db/reads/management/count-restorations.ts';
import { civilDateOfDay } from '../../rules/calendar/civil-date.ts';
import { seed } from '../support/property.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const COMPANY = 'company-1';
const HOUR_MS = 3_600_000;
const OFFSET_MS = 8 * HOUR_MS;
const DAYS = 7;

let database: TestDatabase;
let db: Db;
let root: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  root = new pg.Client({ connectionString: database.superuserUrl });
  await root.connect();
  // Rows as they would stand, without the procedure that leads to them.
  await root.query('set session_replication_role = replica');
  await root.query(
    `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no, debtor_id,
       reader_id, name_enc, address_enc)
     select 'a' || n, $1, 'centre-' || n, '32080000000' || n, 'r', 'resident', 'resident', 'm', 'd', 'r', '', ''
       from generate_series(0, 2) n`,
    [COMPANY],
  );
});
afterAll(async () => {
  await Promise.all([root?.end(), db?.close()]);
  await database?.drop();
});

const centre = fc.integer({ min: 0, max: 2 });
/** Around the midnights of Shanghai of the last ten days: before, at and after each. */
const toldAt = (nowMs: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: 10 }), fc.constantFrom(-1, 0, 1, HOUR_MS, 12 * HOUR_MS))
    .map(([daysAgo, ms]) => {
      const dayMs = Math.floor((nowMs + OFFSET_MS) / 86_400_000 - daysAgo) * 86_400_000 - OFFSET_MS;
      return Math.min(dayMs + ms, nowMs);
    });
const dayOf = (ms: number): number => Math.floor((ms + OFFSET_MS) / 86_400_000);
const sampled = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { numRuns: 400, seed });
const bump = (sums: Map<string, number[]>, key: string, by: readonly number[]): void => {
  const known = sums.get(key) ?? by.map(() => 0);
  sums.set(
    key,
    by.map((n, at) => n + (known[at] ?? 0)),
  );
};

test(`F57: the money of a day is what was told of between its midnights in Shanghai (FUDIAN_SEED=${seed})`, async () => {
  const nowMs = Date.now();
  const payment = fc.record({
    ...{ centre, at: toldAt(nowMs), fen: fc.integer({ min: 1, max: 1e9 }), ofCase: fc.boolean() },
    status: fc.constantFrom('in-flight', 'posted', 'reversed'),
  });
  const sums = new Map<string, number[]>();
  for (const [n, { centre: where, at, fen, ofCase, status }] of sampled(payment).entries()) {
    await root.query(
      `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at,
         recorded_at, case_id) values ($1, $2, $3, $4, $5, $6, 'bank', 'billing', $7, $7, $8)`,
      [
        ...[COMPANY, `centre-${where}`, `p${n}`, status, `a${where}`, fen, new Date(at)],
        ofCase ? 'case-1' : null,
      ],
    );
    if (!ofCase || dayOf(at) <= dayOf(nowMs) - DAYS) continue;
    const signed = status === 'posted' ? fen : status === 'reversed' ? -fen : 0;
    bump(sums, `${civilDateOfDay(dayOf(at))} centre-${where}`, [status === 'posted' ? 1 : 0, signed]);
  }
  const found = await db.tx(wholeCompany(COMPANY), (tx) =>
    countRecovered(tx, { days: DAYS, centreId: null }),
  );
  expect(found.map(({ day, centreId, payments, fen }) => [`${day} ${centreId}`, [payments, fen]])).toEqual(
    [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  const one = await db.tx({ companyId: COMPANY, centreIds: ['centre-1'] }, (tx) =>
    countRecovered(tx, { days: DAYS, centreId: null }),
  );
  expect(one).toEqual(found.filter(({ centreId }) => centreId === 'centre-1'));
  expect(one.length).toBeGreaterThan(0);
});

test(`F57: restorations are counted by the hours they took (FUDIAN_SEED=${seed})`, async () => {
  const nowMs = Date.now();
  const restoration = fc.record({
    ...{ centre, at: toldAt(nowMs), isMissed: fc.boolean(), isOpen: fc.boolean() },
    tookMs: fc
      .tuple(fc.constantFrom(0, 2, 4, 8, 12, 24), fc.constantFrom(0, 1, HOUR_MS))
      .map(([h, ms]) => h * HOUR_MS + ms),
  });
  const sums = new Map<string, number[]>();
  for (const [n, { centre: where, at, isMissed, isOpen, tookMs }] of sampled(restoration).entries()) {
    await root.query(
      `insert into restorations (stop_id, company_id, centre_id, account_id, status, cause_at, promise_at, deadline_at, missed,
         restored_at, recorded_at) values ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8, $9)`,
      [
        ...[`s${n}`, COMPANY, `centre-${where}`, `a${where}`, isOpen ? 'owed' : 'restored', new Date(nowMs)],
        ...[isMissed, isOpen ? null : new Date(nowMs + tookMs), new Date(at)],
      ],
    );
    if (isOpen || dayOf(at) <= dayOf(nowMs) - DAYS) continue;
    const within = [2, 4, 8, 12, 24].find((hours) => tookMs <= hours * HOUR_MS) ?? 25;
    bump(sums, `centre-${where} ${String(within).padStart(2)}`, [1, isMissed ? 1 : 0]);
  }
  const found = await db.tx(wholeCompany(COMPANY), (tx) =>
    countRestorations(tx, { days: DAYS, centreId: null }),
  );
  expect(
    found.map(({ centreId, withinHours, restored, missed }) => [
      `${centreId} ${String(withinHours).padStart(2)}`,
      [restored, missed],
    ]),
  ).toEqual([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));
});

test(`T2.2: each report once, by how long it waits, page after page (FUDIAN_SEED=${seed})`, async () => {
  const report = fc.record({
    ...{ centre, subject: fc.constantFrom('refusal', 'dispute') },
    rungs: fc.array(fc.record({ hour: fc.integer({ min: 0, max: 40 }), isSeen: fc.boolean() }), {
      minLength: 1,
      maxLength: 4,
    }),
    isAllSeen: fc.boolean(),
  });
  const said: Record<'true' | 'false', [number, string][]> = { true: [], false: [] };
  for (const [n, { centre: where, subject, rungs, isAllSeen }] of sampled(report).entries()) {
    const rows = rungs
      .toSorted((a, b) => a.hour - b.hour)
      .map((rung) => ({ ...rung, isSeen: isAllSeen || rung.isSeen }));
    for (const [rung, { hour, isSeen }] of rows.entries())
      await root.query(
        `insert into escalations (company_id, centre_id, account_id, subject, subject_id, rung, to_role, text, occurred_at,
           acknowledged_by, acknowledged_at) values ($1, $2, $3, $4, $5, $6, 'team-leader', $7, $8, $9, $10)`,
        [
          ...[COMPANY, `centre-${where}`, `a${where}`, subject, `x${n}`, rung + 1, `rung ${rung + 1}`],
          ...[new Date(hour * HOUR_MS), isSeen ? 'head' : null, isSeen ? new Date() : null],
        ],
      );
    const waits = rows.filter(({ isSeen }) => !isSeen);
    const [first] = waits.length > 0 ? waits : rows;
    said[waits.length > 0 ? 'true' : 'false'].push([first?.hour ?? -1, `${subject}/x${n}`]);
  }
  for (const waiting of [true, false]) {
    const found: [number, string][] = [];
    let after: string[] | undefined;
    do {
      const items = await db.tx(wholeCompany(COMPANY), (tx) => listReports(tx, { waiting, after, limit: 7 }));
      for (const { reportId, since, text, toRoles, rung } of items) {
        found.push([Date.parse(since) / HOUR_MS, reportId]);
        expect({ reportId, text, rungs: toRoles.length }).toEqual({ reportId, text: 'rung 1', rungs: rung });
      }
      const last = items.at(-1);
      after = last === undefined ? undefined : [last.since, last.subject, last.subjectId];
    } while (after !== undefined);
    expect(found).toEqual(
      said[`${waiting}`].toSorted(
        ([a, x], [b, y]) => a - b || (x.replace('/', ' ') < y.replace('/', ' ') ? -1 : 1),
      ),
    );
  }
});
