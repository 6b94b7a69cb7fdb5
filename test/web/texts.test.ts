import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const web = path.resolve(import.meta.dirname, '../../web');
const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).map((name) =>
  name.split(path.sep).join('/'),
);
const sources = files.filter((name) => /\.tsx?$/.test(name));
const dictionaryFiles = sources.filter(
  (name) => /(^|\/)texts(\/[\w-]+)?\.ts$/.test(name) || name === 'shared/roles.ts',
);

interface Faulty {
  readonly where: string;
  readonly what: string;
}

/** What is wrong with the texts of one dictionary. */
function faultsOf(where: string, dictionary: Record<string, unknown>): Faulty[] {
  return Object.entries(dictionary).flatMap(([key, value]) => {
    const { zh, en } = value as { zh?: unknown; en?: unknown };
    const at = `${where} ${key}`;
    if (typeof zh !== 'string' || zh.trim() === '') return [{ where: at, what: 'no Chinese' }];
    if (typeof en !== 'string' || en.trim() === '') return [{ where: at, what: 'no English' }];
    const holes = (text: string): string =>
      [...text.matchAll(/\{\w+\}/g)]
        .map(([hole]) => hole)
        .toSorted()
        .join(' ');
    return [
      ...(holes(zh) === holes(en) ? [] : [{ where: at, what: 'other values in each language' }]),
      ...(/\p{Script=Han}/u.test(en) && key !== 'language' && key !== 'other-language'
        ? [{ where: at, what: 'Chinese in the English text' }]
        : []),
    ];
  });
}

const isDictionary = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).length > 0 &&
  Object.values(value).every(
    (text) => typeof text === 'object' && text !== null && ('zh' in text || 'en' in text),
  );

test('every text of the console is there in both languages, with the same values in it', async () => {
  expect(dictionaryFiles.length).toBeGreaterThan(4);
  const faults: Faulty[] = [];
  for (const name of dictionaryFiles) {
    const exported = (await import(pathToFileURL(path.join(web, name)).href)) as Record<string, unknown>;
    const dictionaries = Object.entries(exported).filter(([, value]) => isDictionary(value));
    if (dictionaries.length === 0) faults.push({ where: name, what: 'no dictionary' });
    for (const [exportName, dictionary] of dictionaries)
      faults.push(...faultsOf(`${name} ${exportName}`, dictionary as Record<string, unknown>));
  }
  expect(faults).toEqual([]);
});

test.each([
  ['no English', { a: { zh: '甲' } }],
  ['no Chinese', { a: { zh: ' ', en: 'a' } }],
  ['other values in each language', { a: { zh: '{n} 户', en: 'accounts' } }],
  ['Chinese in the English text', { a: { zh: '甲', en: '甲' } }],
])('%s is found', (what, dictionary) => {
  expect(faultsOf('x', dictionary).map((fault) => fault.what)).toEqual([what]);
});

test('work of every kind has words', async () => {
  const { WORDS } = (await import(pathToFileURL(path.join(web, 'desk/texts/words.ts')).href)) as {
    WORDS: Record<string, unknown>;
  };
  const declared = readFileSync(path.resolve(web, '../db/tasks/put-task.ts'), 'utf8');
  const union = /\bkind:\s*((?:\|\s*'[\w-]+'\s*)+);/.exec(declared)?.[1] ?? '';
  const kinds = [...union.matchAll(/'([\w-]+)'/g)].map(([, kind]) => kind ?? '');
  expect(kinds.length).toBeGreaterThan(15);
  expect(kinds.filter((kind) => WORDS[`task.${kind}`] === undefined)).toEqual([]);
});

test('no page says anything but through its dictionary', () => {
  const withoutComments = (text: string): string =>
    text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
  const speaking = sources
    .filter((name) => name.endsWith('.tsx'))
    .filter((name) => /\p{Script=Han}/u.test(withoutComments(readFileSync(path.join(web, name), 'utf8'))));
  expect(speaking).toEqual([]);
});

test('each alarm and each difference of the handbook has words, and an alarm says what to do', async () => {
  const { OPERATIONS_TEXTS, RECONCILE_TEXTS } = (await import(
    pathToFileURL(path.join(web, 'desk/texts/operations.ts')).href
  )) as Record<string, Record<string, unknown>>;
  const handbook = readFileSync(path.resolve(web, '../docs/operating.md'), 'utf8');
  const kindsOf = (chapter: string): string[] => {
    const text = handbook.split(`\n## ${chapter}\n`)[1]?.split('\n## ')[0] ?? '';
    const below = text.split(/^\| -+ \|.*$/m)[1] ?? '';
    return [...below.matchAll(/^\| ([a-z-]+) +\|/gm)].map(([, kind]) => kind ?? '');
  };
  const [alarms, differences] = [kindsOf('Alarms'), kindsOf('Reconcile')];
  expect([alarms.length, differences.length]).toEqual([11, 18]);
  expect(
    alarms
      .flatMap((kind) => [`alarm.${kind}`, `do.${kind}`])
      .filter((key) => !(key in (OPERATIONS_TEXTS ?? {}))),
  ).toEqual([]);
  expect(differences.filter((kind) => !(`kind.${kind}` in (RECONCILE_TEXTS ?? {})))).toEqual([]);
});
