import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ApiDeps } from '../../api/deps.ts';
import { declared } from '../../api/http/declared.ts';
import { route } from '../../api/http/route.ts';

const shown = route({
  ...{ method: 'get', path: '/shown', operationId: 'shown', tag: 'test', roles: ['centre'] },
  summary: { zh: '示例', en: 'Example' },
  answer: z.object({ accountNo: z.string(), items: z.array(z.object({ kind: z.string() })) }),
  handle: () => Promise.resolve({ accountNo: '', items: [] }),
});

function told(): { deps: ApiDeps; lines: object[] } {
  const lines: object[] = [];
  const deps = { log: { error: (line: object) => lines.push(line) } } as unknown as ApiDeps;
  return { deps, lines };
}

test('fields that a route does not declare leave with no answer, at no depth', () => {
  const { deps, lines } = told();
  const found = {
    ...{ accountNo: '1', accountId: 'acc-internal' },
    items: [{ kind: 'yellow', noticeKey: 'internal', words_enc: '\\x00' }],
  };
  expect(declared(deps, shown, found)).toEqual({ accountNo: '1', items: [{ kind: 'yellow' }] });
  expect(lines).toEqual([]);
});

test('an answer that is not of its schema is sent, and operators are told where, not what', () => {
  const { deps, lines } = told();
  const found = { accountNo: 7, items: [{ kind: '张三' }] };
  expect(declared(deps, shown, found)).toBe(found);
  expect(lines).toEqual([{ operationId: 'shown', places: ['accountNo invalid_type'] }]);
});
