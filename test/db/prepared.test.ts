import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, wholeCompany, type Db } from '../../db/database.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  await withClient(database.ownerUrl, async (owner) => {
    await owner.query(`insert into companies (company_id, name) values ('one', '一'), ('two', '二')`);
    await owner.query(
      `insert into centres (centre_id, company_id, name, region) values ('centre-one', 'one', '一', 'r'), ('centre-two', 'two', '二', 'r')`,
    );
  });
  // One connection, so that every statement meets the plan of the one before.
  db = openDatabase(database.appUrl, { maxConnections: 1 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const centresOf = (companyId: string) =>
  db.prepared.tx(wholeCompany(companyId), (tx) =>
    tx.rows('select * from centres where centre_id <> $1 order by centre_id', ['none']),
  );

test('a statement that is planned once shows each company its own rows', async () => {
  // From the sixth use on PostgreSQL takes the plan that fits every value.
  for (let n = 0; n < 8; n += 1) {
    expect(await centresOf('one')).toMatchObject([{ centre_id: 'centre-one' }]);
    expect(await centresOf('two')).toMatchObject([{ centre_id: 'centre-two' }]);
  }
});

test('72: a plan that a migration has overtaken costs one try, and its connection is not used again', async () => {
  await centresOf('one');
  await withClient(database.ownerUrl, (owner) =>
    owner.query('alter table centres add column of_tomorrow text'),
  );
  await expect(centresOf('one')).rejects.toThrow('cached plan');
  expect(await centresOf('one')).toMatchObject([{ centre_id: 'centre-one', of_tomorrow: null }]);
});
