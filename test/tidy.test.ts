import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from './house/tidy-checks.ts';
import type { SourceFile } from './house/tidy-checks.ts';

const root = path.resolve(import.meta.dirname, '..');

/** What git knows or would add; a file that was deleted but not yet committed is not there. */
function repository(): SourceFile[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const names = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  return [...new Set(names)]
    .filter((name) => existsSync(path.join(root, name)))
    .map((name) => ({ path: name, text: readFileSync(path.join(root, name), 'utf8') }));
}

const files = repository();

describe.each(checks)('%s', (_name, check, faulty) => {
  test('here', () => {
    expect(check(files)).toEqual([]);
  });

  test('the check fires where it should', () => {
    expect(check([faulty])).toHaveLength(1);
  });
});

test('comments and strings of other words do not fire', () => {
  const harmless = [
    {
      path: 'rules/b.ts',
      text: '/** A Date never enters here. */\nexport type CivilDate = string; // no Intl',
    },
    { path: 'test/b.test.ts', text: "test('it reads only the skip list', () => {});" },
    { path: 'docs/features.md', text: '| 2 | `rules/` and `npm start` |' },
  ];
  expect(checks.flatMap(([, check]) => check(harmless))).toEqual([]);
});
