import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApiOnly, type ApiOnly } from '../support/town/api-only.ts';

const PER_MINUTE = 20;
let api: ApiOnly;
beforeAll(async () => {
  api = await startApiOnly({ requestsPerMinute: PER_MINUTE });
});
afterAll(() => api.close());

test('who asks too often is told when to come again; probes and webhooks are not counted', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < PER_MINUTE; n += 1) statuses.push((await api.send('/cases')).status);
  expect(new Set(statuses)).toEqual(new Set([401]));
  const refused = await api.send('/cases', { headers: { 'accept-language': 'en' } });
  expect(refused.status).toBe(429);
  expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await refused.json()).toMatchObject({ code: 'too-many-requests', title: 'Too many requests' });
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect((await api.send('/health')).status).toBe(200);
  expect((await api.send('/ready')).status).toBe(200);
  expect((await api.send('/webhooks/billing', { method: 'POST', body: '{}' })).status).toBe(401);
});
