import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAudit } from '../../db/audit/append-audit.ts';
import { openDatabase, wholeCompany, type Db } from '../../db/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const TABLES = ['audit', 'payments', 'services', 'decisions', 'observations'];

let database: TestDatabase;
let db: Db;
let owner: pg.Client;
let app: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  owner = new pg.Client({ connectionString: database.ownerUrl });
  app = new pg.Client({ connectionString: database.appUrl });
  await Promise.all([owner.connect(), app.connect()]);
  for (const [actor, action] of [
    ['fudian', 'dunning.prepared'],
    ['reader-zhang', 'notice.served'],
    ['fudian', 'stop.planned'],
  ] as const)
    await db.tx(wholeCompany('company-1'), (tx) =>
      appendAudit(tx, {
        companyId: 'company-1',
        chainId: 'case-1',
        actor,
        action,
        body: { noticeId: 'notice/1' },
        occurredAt: '2026-03-01T02:00:00.000Z',
      }),
    );
});
afterAll(async () => {
  await Promise.all([owner?.end(), app?.end(), db?.close()]);
  await database?.drop();
});

describe('L9: what was done to a debtor is evidence', () => {
  test('each line is linked to the one before, by a hash over all of it', async () => {
    const { rows } = await owner.query<{
      n: number;
      actor: string;
      prev: string;
      hash: string;
      said: string;
    }>(
      `select n, actor, encode(prev_hash, 'hex') as prev, encode(hash, 'hex') as hash,
              encode(sha256(convert_to(concat_ws(E'\\x1f', encode(prev_hash, 'hex'), company_id, chain_id, n::text, actor, action,
                body::text, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')), 'UTF8')), 'hex') as said
         from audit where chain_id = 'case-1' order by n`,
    );
    expect(rows.map(({ n, actor }) => [n, actor])).toEqual([
      [1, 'fudian'],
      [2, 'reader-zhang'],
      [3, 'fudian'],
    ]);
    expect(rows.map(({ prev }) => prev)).toEqual(['', rows[0]?.hash, rows[1]?.hash]);
    expect(rows.map(({ said }) => said)).toEqual(rows.map(({ hash }) => hash));
  });

  test('no line can be put between, or in place of another', async () => {
    await db.tx(wholeCompany('company-1'), (tx) =>
      tx.run(
        `insert into audit (company_id, chain_id, n, actor, action, body, occurred_at, prev_hash, hash)
         values ('company-1', 'case-1', 1, 'somebody', 'notice.served', '{}', now(), 'x', 'y')`,
      ),
    );
    const { rows } = await owner.query<{ n: number }>(
      `select n from audit where chain_id = 'case-1' and actor = 'somebody'`,
    );
    expect(rows).toEqual([{ n: 4 }]);
  });

  test.each(TABLES)('%s: neither the product nor the owner changes or removes a row', async (table) => {
    for (const client of [app, owner])
      for (const sql of [
        `delete from ${table}`,
        `update ${table} set recorded_at = now()`,
        `truncate ${table} cascade`,
      ])
        await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});
