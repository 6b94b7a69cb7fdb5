import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putLink } from '../../db/links/put-link.ts';
import { html } from '../../api/pages/customer/html.ts';
import { putAccount, startApiOnly, type ApiOnly } from '../support/town/api-only.ts';

const ACCOUNT = '320800000001';
const SECRET = 'what lies beside the console';
let api: ApiOnly;
let accountId: string;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-console-'));
  mkdirSync(path.join(folder, 'dist', 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'dist', 'index.html'), '<!doctype html><title>console</title>');
  writeFileSync(path.join(folder, 'dist', 'assets', 'a.js'), 'export {};');
  writeFileSync(path.join(folder, 'secret.js'), SECRET);
  writeFileSync(path.join(folder, 'secret.js.gz'), SECRET);
  api = await startApiOnly({ settings: { CONSOLE_DIR: path.join(folder, 'dist') } });
  accountId = await putAccount(api, ACCOUNT);
  await putAccount(api, '320800000002', 'centre-2');
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = async (where: string, body: string, roles: readonly string[] = ['centre']) =>
  api.send(where, {
    ...{ method: 'POST', body, token: await api.token({ roles }) },
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
  });

/** A path exactly as it is written: clients tidy dots away before they send it. */
const rawGet = (where: string): Promise<{ status: number; text: string; location: string | undefined }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(api.url);
    request({ hostname, port, path: where, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString('latin1'),
          location: response.headers.location,
        }),
      );
    })
      .on('error', reject)
      .end();
  });

test('no path leads out of the console’s folder', async () => {
  const ways = ['..', '%2e%2e', '..%2f', '%2e%2e%2f', '..%5c', '..%252f', '....//', '%c0%ae%c0%ae/'];
  expect((await rawGet('/console/assets/a.js')).status).toBe(200);
  for (const way of ways)
    for (const from of ['/console/assets', '/console', '/m'])
      for (const target of ['secret.js', 'etc/passwd']) {
        const { text } = await rawGet(`${from}/${`${way}/`.repeat(2)}${target}`);
        expect({ way, from, leaks: text.includes(SECRET) || text.includes('root:') }).toMatchObject({
          leaks: false,
        });
      }
});

test('no address sends a browser elsewhere', async () => {
  for (const where of [
    '//evil.example',
    '//evil.example/%2e%2e',
    '/\\evil.example',
    '/console//evil.example/',
    '/console/?next=https://evil.example',
    '/?url=//evil.example',
    '/console/signed-in?state=https://evil.example&redirect_uri=https://evil.example',
    '/console/assets//evil.example',
  ]) {
    const { location, status } = await rawGet(where);
    const target = location === undefined ? undefined : new URL(location, api.url).host;
    expect({ where, status, away: target !== undefined && target !== new URL(api.url).host }).toMatchObject({
      away: false,
    });
  }
});

test('fields that would change what an object is are not taken for fields', async () => {
  const evil =
    '{"reason":"x","kind":"dispute","about":"stop","__proto__":{"polluted":1,"roles":["operator"]},"constructor":{"prototype":{"polluted":1}}}';
  const response = await post(`/accounts/${ACCOUNT}/holds`, evil);
  expect(response.status).toBe(201);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  const token = await api.token({ roles: ['reader'] });
  const query = '/cases?__proto__[polluted]=1&constructor[prototype][polluted]=1';
  expect((await api.send(query, { token })).status).toBe(200);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('what is searched for is a text, never a pattern and never SQL', async () => {
  for (const text of [
    '%',
    '_',
    '%%',
    '张%',
    "' or 1=1 --",
    "张'; drop table accounts; --",
    '\\',
    '$1',
    '*',
    '320800000%',
  ]) {
    const response = await post('/account-searches', JSON.stringify({ text }));
    expect({ text, status: response.status < 500 }).toEqual({ text, status: true });
    const body = (await response.json()) as { items?: { accountNo: string }[] };
    expect({ text, found: (body.items ?? []).length }).toEqual({ text, found: 0 });
  }
  const found = (await (await post('/account-searches', JSON.stringify({ text: '张三丰' }))).json()) as {
    items: { accountNo: string }[];
  };
  expect(found.items.every(({ accountNo }) => accountNo !== '320800000002')).toBe(true);
  expect(await api.tx((tx) => tx.rows('select 1 from accounts'))).toHaveLength(2);
});

test('SQL in ids and cursors finds nothing and changes nothing', async () => {
  const token = await api.token({ roles: ['centre'] });
  for (const evil of [
    "' or '1'='1",
    "x'; drop table accounts; --",
    '1 union select null',
    '${7*7}',
    '$(id)',
    '`id`',
  ]) {
    expect((await api.send(`/accounts/${encodeURIComponent(evil)}`, { token })).status).toBe(404);
    expect((await api.send(`/cases/${encodeURIComponent(evil)}`, { token })).status).toBe(404);
    const cursor = Buffer.from(JSON.stringify([evil, evil])).toString('base64url');
    expect((await api.send(`/cases?cursor=${cursor}`, { token })).status).toBe(400);
  }
});

test('half a character or a NUL in any text is told by its field, and reaches no table', async () => {
  for (const reason of ['a\\u0000b', '\\ud800', 'x\\udfffy']) {
    const response = await post(
      `/accounts/${ACCOUNT}/holds`,
      `{"kind":"dispute","about":"stop","reason":"${reason}"}`,
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid-request',
      errors: [{ field: 'body.reason' }],
    });
  }
});

test('a name made of markup is text on every page, and no header can be made of what somebody sends', async () => {
  const name = '<img src=x onerror=alert(1)>"&\'';
  expect(html`<p title="${name}">${name}</p>`.html).not.toMatch(/<img|"&'/);
  const link = await api.tx(async (tx) => {
    await tx.run('update accounts set name_enc = $2, address_enc = $2, region = $3 where account_id = $1', [
      ...[accountId, api.vault.seal(name), name],
    ]);
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const of = { companyId: 'company-1', centreId: 'centre-1', accountId, caseId: null };
    return putLink(tx, api.vault, { ...of, purpose: 'reminder', expiresAt });
  });
  const page = await api.send(`/l/${link}`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(await page.text()).not.toMatch(/<img|onerror=alert\(1\)>/);
  const given = await api.send('/cases', { headers: { 'x-request-id': 'aaaaaaaa%0d%0aset-cookie:%20a=b' } });
  expect(given.headers.get('set-cookie')).toBeNull();
  expect(given.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
});

test('a link of another customer, altered, or out of date opens nothing', async () => {
  const make = (expiresAt: string) =>
    api.tx((tx) =>
      putLink(tx, api.vault, {
        ...{ companyId: 'company-1', centreId: 'centre-1', accountId, caseId: null },
        ...{ purpose: 'reminder', expiresAt },
      }),
    );
  const hour = 3_600_000;
  const good = await make(new Date(Date.now() + hour).toISOString());
  const other = await make(new Date(Date.now() + hour).toISOString());
  const old = await make(new Date(Date.now() - hour).toISOString());
  const mixed = `${good.slice(0, 16)}${other.slice(16)}`;
  const statuses = [];
  for (const token of [good, old, mixed, good.toUpperCase(), `${good}x`, good.slice(0, 16)])
    statuses.push((await api.send(`/l/${token}`)).status);
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
});
