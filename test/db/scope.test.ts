import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Db, type Scope } from '../../db/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const FORM = `((company_id = current_company()) AND (( SELECT sees_all_centres() AS sees_all_centres) OR (centre_id = ANY (( SELECT seen_centres() AS seen_centres)::text[]))))`;
/** What belongs to the whole company as well: rows without a centre. */
const FORM_OF_EVENTS = FORM.replace('AND (( SELECT', `AND ((centre_id = ''::text) OR ( SELECT`);
/** Published for the whole company; centre_id narrows whom it is for, not who may read it. */
const OF_THE_COMPANY = ['policies'];

interface Column {
  table: string;
  name: string;
  type: string;
}

let database: TestDatabase;
let db: Db;
let root: pg.Client;
const columns = new Map<string, Column[]>();
let quals: { table: string; isOn: boolean; qual: string | null; policies: number }[];

/** Something of the type that two rows do not share where they can help it. */
function valueOf({ name, type }: Column, row: { company: string; centre: string; n: number }): string {
  if (name === 'company_id') return `'${row.company}'`;
  if (name === 'centre_id') return `'${row.centre}'`;
  if (type.endsWith('[]')) return `'{}'`;
  if (type === 'jsonb') return `'{}'`;
  if (type === 'boolean') return 'true';
  if (type === 'date') return `date '2026-01-01' + ${row.n}`;
  if (type.startsWith('timestamp')) return `timestamptz '2026-01-01 00:00+08' + ${row.n} * interval '1 day'`;
  if (type === 'bytea') return `'\\x0${row.n}'`;
  return `'${row.n}'`;
}

const ROWS = [
  { company: 'company-1', centre: 'centre-1', n: 1 },
  { company: 'company-1', centre: 'centre-2', n: 2 },
  { company: 'company-2', centre: 'centre-1', n: 3 },
];

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  root = new pg.Client({ connectionString: database.superuserUrl });
  await root.connect();
  const found = await root.query<Column & { notNull: boolean; generated: boolean }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
            a.attnotnull as "notNull", a.attidentity <> '' or a.attgenerated <> '' as generated
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and exists (select from pg_attribute i where i.attrelid = c.oid and i.attname = 'centre_id' and not i.attisdropped)
      order by c.relname, a.attnum`,
  );
  for (const { notNull, generated, ...column } of found.rows) {
    const isNeeded = (notNull && !generated) || column.name === 'centre_id';
    if (isNeeded) columns.set(column.table, [...(columns.get(column.table) ?? []), column]);
  }
  quals = (
    await root.query(
      `select c.relname as table, c.relrowsecurity as "isOn", min(pg_get_expr(p.polqual, p.polrelid)) as qual,
              count(p.*)::int as policies
         from pg_class c left join pg_policy p on p.polrelid = c.oid
        where c.relname = any ($1) and c.relnamespace = 'public'::regnamespace group by 1, 2 order by 1`,
      [[...columns.keys()]],
    )
  ).rows as typeof quals;
  // Only who sees a row is asked here, not whether it makes sense: a row of every table, in a database of this file's own.
  const checks = await root.query<{ drop: string }>(
    `select format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname) as drop
       from pg_constraint where contype in ('c', 'f', 'p', 'u') and connamespace = 'public'::regnamespace`,
  );
  for (const { drop } of checks.rows) await root.query(drop);
  await root.query('set session_replication_role = replica');
  for (const [table, needed] of columns)
    for (const row of ROWS)
      await root.query(
        `insert into ${table} (${needed.map(({ name }) => name).join(', ')})
         values (${needed.map((column) => valueOf(column, row)).join(', ')})`,
      );
});
afterAll(async () => {
  await Promise.all([root?.end(), db?.close()]);
  await database?.drop();
});

const seen = (scope: Scope, table: string): Promise<string[]> =>
  db.tx(scope, async (tx) =>
    (
      await tx.rows<{ row: string }>(
        `select company_id || '/' || centre_id as row from ${table} where centre_id <> '' order by 1`,
      )
    ).map(({ row }) => row),
  );

describe('L9: whoever works for one centre sees nothing of another', () => {
  test('every table with a centre asks for company and centres in the one form that is asked once a query', () => {
    expect(quals.length).toBeGreaterThan(50);
    for (const found of quals.filter(({ table }) => !OF_THE_COMPANY.includes(table)))
      expect(found).toEqual({
        ...{ table: found.table, isOn: true, policies: 1 },
        qual: found.table === 'events' ? FORM_OF_EVENTS : FORM,
      });
  });

  test('every other table belongs to a company or holds nothing of one', async () => {
    const { rows } = await root.query<{ table: string; qual: string | null }>(
      `select c.relname as table, case when c.relrowsecurity then pg_get_expr(p.polqual, p.polrelid) end as qual
         from pg_class c left join pg_policy p on p.polrelid = c.oid
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relname = any ($1) order by 1`,
      [[...columns.keys()].filter((table) => !OF_THE_COMPANY.includes(table))],
    );
    expect(
      rows.filter(({ qual }) => qual !== '(company_id = current_company())').map(({ table }) => table),
    ).toEqual(['migrations', 'schema_needs']);
  });

  test('each of them shows the rows of the scope and none else', async () => {
    const company = 'company-1';
    const one = ['company-1/centre-1'];
    const both = [...one, 'company-1/centre-2'];
    for (const table of columns.keys()) {
      if (OF_THE_COMPANY.includes(table)) continue;
      const answers = await Promise.all(
        (
          [
            { companyId: company, centreIds: ['centre-1'] },
            { companyId: company, centreIds: ['centre-9', 'centre-1'] },
            { companyId: company, centreIds: ['centre-1', 'centre-2'] },
            { companyId: company, centreIds: '*' },
            { companyId: company, centreIds: [] },
            { companyId: company, centreIds: ['centre'] },
            { companyId: 'company-3', centreIds: '*' },
          ] as Scope[]
        ).map((scope) => seen(scope, table)),
      );
      expect({ table, answers }).toEqual({ table, answers: [one, one, both, both, [], [], []] });
    }
  });

  test('a row cannot be written for a centre out of scope', async () => {
    const insert = (centreIds: Scope['centreIds']) =>
      db.tx({ companyId: 'company-1', centreIds }, (tx) =>
        tx.run(
          `insert into crew_capacity (company_id, centre_id, day, stop_limit, restore_limit) values ('company-1', 'centre-2', '2027-01-01', 1, 1)`,
        ),
      );
    await expect(insert(['centre-1'])).rejects.toThrow(/row-level security/);
    await expect(insert([])).rejects.toThrow(/row-level security/);
    expect(await insert(['centre-2'])).toBe(1);
  });

  test('a connection that never said whom it works for sees nothing at all', async () => {
    const app = new pg.Client({ connectionString: database.appUrl });
    await app.connect();
    try {
      for (const table of columns.keys())
        expect({ table, rows: (await app.query(`select 1 from ${table}`)).rowCount }).toEqual({
          table,
          rows: 0,
        });
    } finally {
      await app.end();
    }
  });
});
