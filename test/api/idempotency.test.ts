import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApiOnly, type ApiOnly } from '../support/town/api-only.ts';

let api: ApiOnly;
beforeAll(async () => {
  api = await startApiOnly();
});
afterAll(() => api.close());

const wish = (url = 'https://example.com/hook') => ({ url, secret: 's'.repeat(32), events: ['*'] });

async function post(key: string, body: unknown, personId = 'operator-1') {
  const token = await api.token({ roles: ['operator'], centres: '*', personId });
  const response = await api.send('/webhook-subscriptions', {
    method: 'POST',
    token,
    headers: { 'idempotency-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { subscriptionId?: string; code?: string };
  return { status: response.status, replay: response.headers.get('idempotent-replay'), answer };
}

const count = async (): Promise<number> =>
  (await api.tx((tx) => tx.rows('select 1 from webhook_subscriptions'))).length;

test('the same request under the same key gets the first answer and acts once', async () => {
  const before = await count();
  const first = await post('key-0001', wish());
  const second = await post('key-0001', wish());
  expect(first).toMatchObject({ status: 201, replay: null });
  expect(second).toEqual({ ...first, replay: 'true' });
  expect(await count()).toBe(before + 1);
});

test('another request under the same key is refused and does nothing', async () => {
  await post('key-0002', wish());
  const before = await count();
  const other = await post('key-0002', wish('https://example.com/other'));
  expect(other).toMatchObject({ status: 422, answer: { code: 'idempotency-key-reused' } });
  expect(await count()).toBe(before);
});

test('a key belongs to one person', async () => {
  const mine = await post('key-0003', wish());
  const theirs = await post('key-0003', wish(), 'operator-2');
  expect(theirs).toMatchObject({ status: 201, replay: null });
  expect(theirs.answer.subscriptionId).not.toBe(mine.answer.subscriptionId);
});

test('many at the same moment act once', async () => {
  const before = await count();
  const answers = await Promise.all(Array.from({ length: 12 }, () => post('key-0004', wish())));
  expect(await count()).toBe(before + 1);
  const made = answers.filter(({ status }) => status === 201);
  expect(new Set(made.map(({ answer }) => answer.subscriptionId)).size).toBe(1);
  for (const { status, answer } of answers)
    expect(status === 201 || (status === 409 && answer.code === 'request-in-progress')).toBe(true);
});

test('a refusal is not kept: what was wrong can be mended under the same key', async () => {
  const wrong = await post('key-0005', wish('http://example.com/plain'));
  expect(wrong).toMatchObject({ status: 422, answer: { code: 'refused-by-facts' } });
  expect(await post('key-0005', wish())).toMatchObject({ status: 201, replay: null });
});

test('a command whose answer was lost with its process is found done, not done again', async () => {
  const first = await post('key-0006', wish());
  const before = await count();
  // As a process leaves it that was killed after the act and before the answer was kept.
  await api.tx((tx) =>
    tx.run(
      `update idempotency_keys set status = null, body = null, recorded_at = clock_timestamp() - interval '5 minutes'
        where key = 'key-0006'`,
    ),
  );
  expect(await post('key-0006', wish())).toMatchObject({ status: 201, answer: first.answer });
  expect(await count()).toBe(before);
});
