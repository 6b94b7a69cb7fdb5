import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROUTES } from '../../api/routes/index.ts';
import { putAccount, startApiOnly, type ApiOnly } from '../support/town/api-only.ts';
import { addressOf } from '../support/town/plausible.ts';

interface Operation {
  operationId: string;
  responses: Record<string, { content: Record<string, unknown> }>;
  parameters?: { name: string; in: string; required?: boolean }[];
  security: unknown[];
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

const ACCOUNT = '320800000001';
let api: ApiOnly;
let document: Document;
beforeAll(async () => {
  api = await startApiOnly();
  await putAccount(api, ACCOUNT);
  document = (await (await api.send('/openapi.json')).json()) as Document;
});
afterAll(() => api.close());

test('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate({ ...structuredClone(document) });
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(document.openapi).toMatch(/^3\.1\./);
});

test('it lists every route, with its parameters, its answer and its problems, and nothing else', () => {
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const declared = ROUTES.map((route) => `${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(listed.toSorted()).toEqual(declared.toSorted());
  const ids = ROUTES.map((route) => route.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const route of ROUTES) {
    const operation = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method];
    expect(operation).toMatchObject({ operationId: route.operationId, security: [{ bearer: [] }] });
    const problem = operation?.responses['default']?.content ?? {};
    expect(Object.keys(problem)).toEqual(['application/problem+json']);
    expect(Object.keys(operation?.responses[String(route.status)]?.content ?? {})).toHaveLength(1);
    const names = (operation?.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name);
    expect(names).toEqual([...route.path.matchAll(/:(\w+)/g)].map((found) => found[1]));
    const hasKey = (operation?.parameters ?? []).some(
      (one) => one.name === 'Idempotency-Key' && one.required,
    );
    expect(hasKey).toBe(route.method !== 'get' && route.looks !== true);
  }
});

test('answers have the declared shape, with a tag that saves sending them again', async () => {
  let answered = 0;
  for (const route of ROUTES.filter((one) => one.method === 'get' && one.answerType === undefined)) {
    const token = await api.token({ roles: route.roles, centres: '*' });
    const address = addressOf(route, { accountNo: ACCOUNT, month: '2026-01-01' });
    const response = await api.send(address, { token });
    if (response.status === 404) continue;
    expect({ address, status: response.status }).toEqual({ address, status: route.status });
    const body: unknown = await response.json();
    expect({ address, fault: route.answer.safeParse(body).error?.issues }).toEqual({ address });
    answered += 1;
    const etag = response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await api.send(address, { token, headers: { 'if-none-match': tag } });
      // An answer that tells the time of asking differs from one moment to the next.
      if (again.headers.get('etag') !== etag) continue;
      expect({ address, tag, status: again.status, body: await again.text() }).toMatchObject({
        status: 304,
        body: '',
      });
    }
    const changed = await api.send(address, { token, headers: { 'if-none-match': '"other"' } });
    expect(changed.status).toBe(route.status);
  }
  expect(answered).toBeGreaterThan(20);
});
