import { afterAll, beforeAll, expect, test } from 'vitest';
import { putAccount, startApiOnly, type ApiOnly } from '../support/town/api-only.ts';

const ACCOUNT = '320800000001';
let api: ApiOnly;
beforeAll(async () => {
  api = await startApiOnly();
  await putAccount(api, ACCOUNT);
});
afterAll(() => api.close());

test('every answer carries the headers that keep a browser safe, and an id of its own', async () => {
  for (const path of ['/health', '/openapi.json', '/cases', '/nothing', '/l/unknown']) {
    const { headers } = await api.send(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  }
  const given = await api.send('/health', { headers: { 'x-request-id': 'caller-4711' } });
  expect(given.headers.get('x-request-id')).toBe('caller-4711');
  const odd = await api.send('/health', { headers: { 'x-request-id': 'a b<script>' } });
  expect(odd.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
});

test('the link of a message that nobody sent leads nowhere', async () => {
  for (const [path, method] of [
    ['/l/unknown', 'GET'],
    [`/l/${'x'.repeat(64)}`, 'GET'],
    ['/l/unknown/read', 'POST'],
  ] as const) {
    const response = await api.send(path, { method });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect({ status: response.status, code: ((await response.json()) as { code: string }).code }).toEqual({
      status: 404,
      code: 'link-expired',
    });
  }
});

test('metrics count requests by route and tell nothing of anybody', async () => {
  const token = await api.token({ roles: ['centre'], personId: 'clerk-secret' });
  expect((await api.send(`/accounts/${ACCOUNT}`, { token })).status).toBe(200);
  const asked = await api.send('/account-searches', {
    ...{ token, method: 'POST', body: JSON.stringify({ text: '张三丰' }) },
    headers: { 'content-type': 'application/json' },
  });
  expect(asked.status).toBe(200);
  await api.send(`/nothing/${ACCOUNT}`);
  const response = await api.send('/metrics');
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(text).toContain('route="/accounts/:accountNo"');
  for (const personal of [ACCOUNT, '张三丰', '13800000001', 'clerk-secret', '长江路'])
    expect(text).not.toContain(personal);
});

test('it lives without its database, but says that it is not ready', async () => {
  expect(await (await api.send('/health')).json()).toEqual({ status: 'ok' });
  expect((await api.send('/ready')).status).toBe(200);
  const token = await api.token({ roles: ['centre'] });
  await api.loseDatabase();
  expect((await api.send('/health')).status).toBe(200);
  const ready = await api.send('/ready', { headers: { 'accept-language': 'en' } });
  const problem = (await ready.json()) as { code: string; detail: string };
  expect([ready.status, problem.code]).toEqual([503, 'not-ready']);
  expect(problem.detail).toContain('database');
  expect(problem.detail).not.toContain('temporal');
  const lost = await api.send('/cases', { token });
  expect(lost.status).toBeGreaterThanOrEqual(500);
  expect(await lost.text()).not.toMatch(/pool|postgres|at .*\.ts/i);
});
