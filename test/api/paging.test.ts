import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROUTES } from '../../api/routes/index.ts';
import { putAccount, startApiOnly, type ApiOnly } from '../support/town/api-only.ts';
import { addressOf } from '../support/town/plausible.ts';

const ACCOUNT = '320800000001';
let api: ApiOnly;
beforeAll(async () => {
  api = await startApiOnly();
  const accountId = await putAccount(api, ACCOUNT);
  // Closed cases whose times lie a millisecond apart, some at the very same moment.
  await api.tx((tx) =>
    tx.run(
      `insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since, launched_by,
                          opened_at, status, outcome, closed_at)
       select 'case-' || n, 'company-1', 'centre-1', $1, 'v', '{}', 'closed', now(), 'x',
              '2026-11-01 08:00:00.123000+08'::timestamptz + make_interval(secs => (n / 2) * 0.001), 'closed', 'paid', now()
         from generate_series(1, 23) n`,
      [accountId],
    ),
  );
});
afterAll(() => api.close());

interface Page {
  items: Record<string, unknown>[];
  next: string | null;
}

async function walk(address: string, token: string): Promise<Page['items'][]> {
  const pages: Page['items'][] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await api.send(`${address}${more}`, { token });
    const page = (await response.json()) as Page;
    expect({ status: response.status, page }).toMatchObject({ status: 200 });
    pages.push(page.items);
    cursor = page.next;
  } while (cursor !== null && pages.length < 100);
  return pages;
}

test('pages follow one another without loss and without repeats', async () => {
  const token = await api.token({ roles: ['centre'], centres: '*' });
  for (const limit of [1, 4, 5, 23, 24]) {
    const pages = await walk(`/cases?limit=${limit}`, token);
    expect(pages).toHaveLength(Math.ceil(23 / limit));
    const ids = pages.flat().map((item) => item['caseId']);
    expect(ids).toHaveLength(23);
    expect(new Set(ids).size).toBe(23);
  }
  const days = await walk('/capacity?limit=3&centreId=centre-1&from=2026-01-01&to=2030-01-01', token);
  expect(new Set(days.flat().map((item) => item['day'])).size).toBe(243);
});

test('a search: its pages follow one another, and a forged cursor in its body is refused', async () => {
  const token = await api.token({ roles: ['centre'], centres: '*' });
  for (let n = 2; n < 8; n += 1) await putAccount(api, `32080000000${n}`);
  const ask = async (body: object) => {
    const response = await api.send('/account-searches', {
      ...{ token, method: 'POST', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json' },
    });
    return { status: response.status, page: (await response.json()) as Page };
  };
  const seen: unknown[] = [];
  let cursor: string | null | undefined;
  do {
    const { page } = await ask({ text: '3208', limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ accountNo }) => accountNo));
    cursor = page.next;
  } while (cursor !== null && seen.length < 20);
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `32080000000${n}`));
  for (const forged of ['x', Buffer.from('["\\u0000"]').toString('base64url')])
    expect((await ask({ text: '3208', cursor: forged })).status).toBe(400);
});

const lists = ROUTES.filter((route) => route.query !== undefined && 'cursor' in route.query.shape);

test.each(lists.map((route) => [route.path, route] as const))(
  'GET %s: a cursor that we never wrote is refused',
  async (_, route) => {
    const token = await api.token({ roles: route.roles, centres: '*' });
    const forged = [
      'x',
      '%00',
      ...[[], ['a'], ['a', 'b'], ['\u0000'], ['\u0000', 'b'], ['a', 'b', 'c'], [1], {}, null, [['a']]].map(
        (keys) => Buffer.from(JSON.stringify(keys)).toString('base64url'),
      ),
    ];
    const address = addressOf(route, { accountNo: ACCOUNT, caseId: 'case-1' });
    const seen = new Set<number>();
    for (const cursor of forged) {
      const joined = `${address}${address.includes('?') ? '&' : '?'}cursor=${cursor}`;
      const response = await api.send(joined, { token });
      seen.add(response.status);
      expect({ cursor, status: response.status < 500 }).toEqual({ cursor, status: true });
    }
    // Where an id is nobody's, that is said first.
    expect(seen.has(400) || seen.has(404)).toBe(true);
  },
);

test('a page has at least one and at most two hundred rows', async () => {
  const token = await api.token({ roles: ['centre'] });
  for (const limit of ['0', '201', '-1', '1.5', 'x']) {
    const response = await api.send(`/cases?limit=${limit}`, { token });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid-request',
      errors: [{ field: 'query.limit' }],
    });
  }
});

test('a NUL byte in an address is the mistake of whoever sent it', async () => {
  const token = await api.token({ roles: ['centre'] });
  expect((await api.send('/cases/%00', { token })).status).toBe(400);
  const asked = await api.send('/account-searches', {
    ...{ token, method: 'POST', body: JSON.stringify({ text: 'ab\u0000' }) },
    headers: { 'content-type': 'application/json' },
  });
  expect(asked.status).toBeLessThan(500);
});
