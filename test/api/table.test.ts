import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES } from '../../api/http/caller.ts';
import type { Route } from '../../api/http/route.ts';
import { ROUTES } from '../../api/routes/index.ts';
import { startApiOnly, type ApiOnly, type Sent } from '../support/town/api-only.ts';
import type { TokenWish } from '../support/town/issuer.ts';
import { addressOf, bodyOf } from '../support/town/plausible.ts';

let api: ApiOnly;
beforeAll(async () => {
  api = await startApiOnly();
});
afterAll(() => api.close());

const nameOf = (route: Route): string => `${route.method.toUpperCase()} ${route.path}`;
const table = ROUTES.map((route) => [nameOf(route), route] as const);
const writing = table.filter(([, route]) => route.method !== 'get' && route.looks !== true);
const withJson = table.filter(([, route]) => route.body !== undefined);

/** The least lawful request of a route, but for what is changed. */
async function ask(route: Route, wish: TokenWish | undefined, changed: Sent = {}): Promise<Response> {
  const body = route.rawBody === undefined ? JSON.stringify(bodyOf(route)) : 'x';
  const hasBody = route.method !== 'get' && (route.body !== undefined || route.rawBody !== undefined);
  return api.send(addressOf(route), {
    method: route.method.toUpperCase(),
    ...(wish === undefined ? {} : { token: await api.token(wish) }),
    ...(hasBody ? { body } : {}),
    ...changed,
    headers: {
      ...(route.method === 'get' ? {} : { 'idempotency-key': randomUUID() }),
      ...(hasBody ? { 'content-type': route.rawBody ?? 'application/json' } : {}),
      ...changed.headers,
    },
  });
}

interface Shown {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  errors?: { field: string; reason: string }[];
}

async function problemIn(response: Response, status: number, code: string): Promise<Shown> {
  const shown = (await response.json()) as Shown;
  expect({ status: response.status, code: shown.code }).toEqual({ status, code });
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(shown).toMatchObject({ status, type: `urn:fudian:problem:${code}` });
  expect(shown.title.length * shown.detail.length * shown.requestId.length).toBeGreaterThan(0);
  return shown;
}

const permitted = (route: Route): TokenWish => ({ roles: [route.roles[0] ?? ''], centres: '*' });

describe('every route knows who asks', () => {
  test.each(table)('%s: no token, no answer', async (_, route) => {
    const response = await ask(route, undefined);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await problemIn(response, 401, 'token-missing')).not.toHaveProperty('errors');
  });

  test.each(table)('%s: a token that is expired, for others, by others or unsigned', async (_, route) => {
    const wrong: TokenWish[] = [
      { livesSeconds: -60 },
      { audience: 'another' },
      { issuer: 'https://elsewhere.example' },
      { signature: 'stranger' },
      { signature: 'none' },
    ];
    for (const wish of wrong)
      await problemIn(await ask(route, { ...permitted(route), ...wish }), 401, 'token-invalid');
    const other = await ask(route, { ...permitted(route), company: 'company-2' });
    expect(await problemIn(other, 403, 'other-company')).not.toHaveProperty('reasons');
  });

  test.each(table)('%s: every other role is refused, in words of both languages', async (_, route) => {
    const others = ROLES.filter((role) => !route.roles.includes(role));
    expect(route.roles.length).toBeGreaterThan(0);
    for (const role of [...others, 'emperor'])
      await problemIn(await ask(route, { roles: [role], centres: '*' }), 403, 'role-not-permitted');
    const none: TokenWish = { roles: [], centres: '*' };
    const zh = await ask(route, none, { headers: { 'accept-language': 'zh-CN' } });
    const en = await ask(route, none, { headers: { 'accept-language': 'fr, en;q=0.8, zh;q=0.3' } });
    expect([zh.headers.get('content-language'), en.headers.get('content-language')]).toEqual(['zh-CN', 'en']);
    expect((await problemIn(zh, 403, 'role-not-permitted')).title).toBe('岗位无此权限');
    expect((await problemIn(en, 403, 'role-not-permitted')).title).toBe('Not permitted for your role');
  });
});

describe('every route reads what it was sent', () => {
  test.each(withJson)('%s: a body of wrong shape names its fields', async (_, route) => {
    const isFree = route.body?.safeParse({}).success === true;
    for (const body of isFree ? ['{"x":'] : ['{}', '[]']) {
      const response = await ask(route, permitted(route), { body });
      const shown = await problemIn(response, 400, isFree ? 'malformed-json' : 'invalid-request');
      if (isFree) continue;
      expect(shown.errors?.length).toBeGreaterThan(0);
      for (const { field, reason } of shown.errors ?? []) {
        expect(field).toMatch(/^body/);
        expect(reason).not.toBe('');
      }
    }
    await problemIn(await ask(route, permitted(route), { body: '{"x":' }), 400, 'malformed-json');
  });

  test.each(withJson)('%s: another content type is not read as JSON', async (_, route) => {
    const response = await ask(route, permitted(route), { headers: { 'content-type': 'text/plain' } });
    const { detail } = await problemIn(response, 415, 'unsupported-media-type');
    expect(detail).toContain('application/json');
  });

  test.each(withJson)('%s: a body beyond a megabyte is too large', async (_, route) => {
    const body = JSON.stringify({ x: 'x'.repeat(1_100_000) });
    const shown = await problemIn(await ask(route, permitted(route), { body }), 413, 'body-too-large');
    expect(shown.detail).toContain('1048576');
  });

  test.each(writing)('%s: no key, no act', async (_, route) => {
    for (const key of ['', 'short', 'x'.repeat(129)]) {
      const response = await ask(route, permitted(route), { headers: { 'idempotency-key': key } });
      const { detail } = await problemIn(response, 400, 'idempotency-key-required');
      expect(detail).toContain('Idempotency-Key');
    }
  });
});

describe('every route knows its place', () => {
  test.each(table)(
    '%s: an id of nobody is met with a problem or an empty list, never with a fault',
    async (_, route) => {
      for (const role of route.roles) {
        const response = await ask(route, { roles: [role], centres: ['centre-2'] });
        const text = await response.text();
        expect({ role, ok: response.status < 500 || response.status === 503, text }).toMatchObject({
          ok: true,
        });
        const isJson = response.status < 300 && route.answerType === undefined;
        const fault = isJson ? route.answer.safeParse(JSON.parse(text)).error : undefined;
        expect(fault).toBeUndefined();
      }
    },
  );

  test('each path says which methods it has', async () => {
    for (const path of new Set(ROUTES.map((route) => route.path))) {
      const known = ROUTES.filter((route) => route.path === path);
      const response = await api.send(addressOf(known[0] as Route), { method: 'PATCH' });
      expect(response.headers.get('allow')).toBe(known.map((r) => r.method.toUpperCase()).join(', '));
      await problemIn(response, 405, 'method-not-allowed');
    }
  });

  test('an address that is none is told as such', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { detail } = await problemIn(await api.send('/nothing/here', { method }), 404, 'no-such-route');
      expect(detail).toContain('/openapi.json');
    }
  });
});
