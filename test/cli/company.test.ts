import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/fudian.ts';
import { EXIT } from '../../cli/core/exit.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-company-'));
const file = path.join(folder, 'company.json');
const COMPANY = 'company-real';
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function fudian(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const key = randomBytes(32).toString('base64');
  const code = await run(args, {
    env: { DATABASE_URL: database.appUrl, COMPANY_ID: COMPANY, DATA_KEYS: `k1:${key}`, HASH_KEY: key },
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  process.exitCode = undefined;
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const east = { centreId: 'east', name: '城东抄表中心', region: '城东' };
const crews = { stopsPerDay: 4, restorationsPerDay: 8 };
const apply = (content: unknown, ...options: string[]) => {
  writeFileSync(file, JSON.stringify(content));
  return fudian('--json', 'company', 'apply', file, ...options);
};
const behind = <T>(sql: string): Promise<T[]> =>
  withClient(database.superuserUrl, async (client) => (await client.query(sql)).rows as T[]);

test('an empty installation says how to begin', async () => {
  expect((await fudian('company', 'show')).out).toContain('fudian company apply');
});

test('T3.3: a company, its centres, crews and calendar come from one file; the same again changes nothing', async () => {
  const content = { name: '城东供电公司', centres: [{ ...east, crews }] };
  const first = await apply(content, '--days', '10');
  expect(first).toMatchObject({ code: EXIT.ok, err: '' });
  expect(JSON.parse(first.out)).toMatchObject({ isNamed: true, added: ['east'], crewDays: 10, keptDays: [] });
  const again = await apply(content, '--days', '12');
  expect(JSON.parse(again.out)).toMatchObject({ isNamed: false, added: [], changed: [], crewDays: 2 });

  const shown = JSON.parse((await fudian('--json', 'company', 'show')).out) as Record<string, unknown>;
  expect(shown['name']).toBe('城东供电公司');
  expect(shown['centres']).toEqual([
    { ...east, accounts: 0, crewsUntil: addDays(civilDateAt(Date.now()), 11) },
  ]);
  expect(shown['calendarYears']).toContain(2026);
  const acts = await behind<{ action: string }>(
    `select action from audit where chain_id = 'desk/${COMPANY}' and action like 'company%'`,
  );
  expect(acts).toHaveLength(1);
});

test('T3.3: a day keeps the crews that planned stops count on, and the others get what the file says', async () => {
  const day = addDays(civilDateAt(Date.now()), 3);
  const reserve = (kind: string, n: number): Promise<unknown> =>
    behind(`set session_replication_role = replica; insert into capacity_reservations (company_id, centre_id, case_id, attempt, kind, day)
      select '${COMPANY}', 'east', 'case-' || i, 1, '${kind}', '${day}' from generate_series(1, ${n}) i`);
  await reserve('stop', 3);
  const smaller = { stopsPerDay: 2, restorationsPerDay: 8 };
  const { out } = await apply(
    { name: '城东供电公司', centres: [{ ...east, crews: smaller }] },
    '--days',
    '12',
  );
  expect(JSON.parse(out)).toMatchObject({
    crewDays: 11,
    keptDays: [{ centreId: 'east', day, stops: 3, restores: 0 }],
  });
});

test('what is wrong in a file is named field by field, and nothing is written', async () => {
  const { code, err } = await apply({
    name: ' ',
    centres: [{ ...east, centreId: 'ost bahnhof', crews: { ...crews, stopsPerDay: -1 } }],
    calendar: [{ year: 2027, source: 'x', offDays: ['2027-13-01'], workdays: [] }],
  });
  expect(code).toBe(EXIT.usage);
  for (const field of [
    'name',
    'centres[0].centreId',
    'centres[0].crews.stopsPerDay',
    'calendar[0].offDays[0]',
  ])
    expect(err).toContain(`  ${field}: `);
  expect(await behind('select 1 from centres')).toHaveLength(1);
});

test('a renamed centre is renamed, and one that is left out stays', async () => {
  const west = { centreId: 'west', name: '城西抄表中心', region: '城西' };
  expect(JSON.parse((await apply({ name: '城东供电公司', centres: [west] })).out)).toMatchObject({
    added: ['west'],
  });
  const { out } = await apply({ name: '城东供电公司', centres: [{ ...east, name: '城东新中心' }, west] });
  expect(JSON.parse(out)).toMatchObject({ isNamed: false, added: [], changed: ['east'] });
  expect(await behind('select 1 from centres')).toHaveLength(2);
});
