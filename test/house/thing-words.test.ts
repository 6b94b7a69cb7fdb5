import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { problemText } from '../../api/texts/problem-texts.ts';
import { THING_WORDS } from '../../api/texts/thing-words.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What the sources say that there is none of. */
function thingsNotFound(): Set<string> {
  const found = new Set<string>();
  for (const folder of ['api', 'intake'])
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.ts')) {
        const text = readFileSync(path.join(root, folder, name), 'utf8');
        const named = [
          /notFound\('([^']+)'\)/g,
          /'unknown-[a-z-]+', 404, \{ what: '([^']+)' \}/g,
          /'unknown-([a-z-]+)', 404\)/g,
          /\bfound\([^;]*?, '([a-z ]+)'\)/g,
        ];
        for (const pattern of named) for (const [, thing = ''] of text.matchAll(pattern)) found.add(thing);
      }
  return found;
}

test('whatever there may be none of is said in Chinese too', () => {
  const things = [...thingsNotFound()].sort();
  expect(things.length).toBeGreaterThan(25);
  expect(things.filter((thing) => THING_WORDS[thing] === undefined)).toEqual([]);
});

test('a reader of Chinese reads no English word in it, and what has no word is named as it is', () => {
  const detail = (what: string, lang: 'zh' | 'en'): string => problemText('not-found', lang, { what }).detail;
  expect(detail('certificate', 'zh')).toBe('在您的范围内没有这样的荣誉证书。');
  expect(detail('certificate', 'en')).toBe('There is no such certificate within your scope.');
  expect(detail('R-7', 'zh')).toContain('R-7');
});
