import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROUTES } from '../../api/routes/index.ts';
import { putAccount, startApiOnly, type ApiOnly } from '../support/town/api-only.ts';
import { addressOf, bodyOf } from '../support/town/plausible.ts';

const ACCOUNT = '320800000001';
const CASE = 'case-of-centre-1';
let api: ApiOnly;
beforeAll(async () => {
  api = await startApiOnly();
  const accountId = await putAccount(api, ACCOUNT);
  await putAccount(api, '320800000002', 'centre-2');
  await api.tx((tx) =>
    tx.run(
      `insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since, launched_by, opened_at)
       values ($1, 'company-1', 'centre-1', $2, 'v', '{}', 'first-dunning', now(), 'x', now())`,
      [CASE, accountId],
    ),
  );
});
afterAll(() => api.close());

const aimed = ROUTES.filter((route) => /:(accountNo|caseId)\b/.test(route.path));

test.each(aimed.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s: what belongs to the other centre is not there, whoever asks',
  async (_, route) => {
    for (const role of route.roles) {
      const token = await api.token({ roles: [role], centres: ['centre-2'] });
      const response = await api.send(addressOf(route, { accountNo: ACCOUNT, caseId: CASE }), {
        method: route.method.toUpperCase(),
        token,
        ...(route.method === 'get'
          ? {}
          : {
              headers: { 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
              body: JSON.stringify(bodyOf(route) ?? {}),
            }),
      });
      const text = await response.text();
      // A body that only fits by shape may be refused before anything is looked for; nothing of the other centre shows.
      expect({ role, status: [400, 403, 404, 422].includes(response.status), text }).toMatchObject({
        status: true,
      });
      expect(text).not.toContain('张三丰');
    }
  },
);

test('lists hold the own centres only', async () => {
  for (const route of ROUTES.filter((one) => one.method === 'get' && !one.path.includes(':'))) {
    const token = await api.token({ roles: route.roles, centres: ['centre-2'] });
    const response = await api.send(addressOf(route), { token });
    const text = await response.text();
    expect({ path: route.path, fault: response.status >= 500 }).toEqual({ path: route.path, fault: false });
    for (const theirs of [ACCOUNT, CASE, 'centre-1"'])
      expect({ path: route.path, shows: text.includes(theirs) }).toEqual({ path: route.path, shows: false });
  }
  const none = await api.token({ roles: ['centre'], centres: [] });
  expect(await (await api.send('/cases', { token: none })).json()).toEqual({ items: [], next: null });
});

test('the database itself keeps the centres apart, in reading and in writing', async () => {
  const theirs = { companyId: 'company-1', centreIds: ['centre-2'] };
  const { tables, seen } = await api.db.tx(theirs, async (tx) => {
    const found = await tx.rows<{ name: string }>(
      `select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'centre_id' and table_name in
              (select tablename from pg_tables where schemaname = 'public')`,
    );
    const rows: string[] = [];
    for (const { name } of found) {
      const row = await tx.row(`select 1 from ${name} where centre_id = 'centre-1' limit 1`);
      if (row !== undefined) rows.push(name);
    }
    return { tables: found.length, seen: rows };
  });
  expect(tables).toBeGreaterThan(20);
  expect(seen).toEqual([]);
  const touched = await api.db.tx(theirs, (tx) =>
    tx.run(`update accounts set region = 'x' where account_no = $1`, [ACCOUNT]),
  );
  expect(touched).toBe(0);
  const write = api.db.tx(theirs, (tx) =>
    tx.run(
      `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
       select company_id, 'centre-1', 'forged', account_id, 'electricity', '2026-01', 1, 0, now(), now() from accounts limit 1`,
    ),
  );
  await expect(write).rejects.toThrow(/row-level security/);
  const otherCompany = { companyId: 'company-2', centreIds: '*' } as const;
  expect(await api.db.tx(otherCompany, (tx) => tx.rows('select 1 from accounts'))).toEqual([]);
});
