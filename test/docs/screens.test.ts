import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readDoc, rowsOf } from './tables.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The pages that a router declares below an address, from the files that declare them. */
const declaredIn = (folder: string, below: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'pages.ts')
    .flatMap((name) => [
      ...readFileSync(path.join(root, folder, name), 'utf8').matchAll(/\bpath: '([^']+)'/g),
    ])
    .map(([, at = '']) => `${below}${at}`);

/** Pages behind a customer's link: what answers with a page of its own, not with a paper or the way back. */
const CUSTOMER = ['/l/:token', '/l/:token/credit'];

interface Screens {
  /** Addresses of all pages. */
  pages: readonly string[];
  /** Page and its pictures, as docs/screens/README.md lists them. */
  rows: readonly (readonly [page: string, pictures: readonly string[]])[];
  /** Pictures that lie in the folder. */
  files: readonly string[];
  /** Pictures that the guide shows. */
  shown: readonly string[];
}

/** What is missing, each in a sentence that says what to do. */
function faultsOfScreens({ pages, rows, files, shown }: Screens): string[] {
  const listed = new Set(rows.map(([page]) => page));
  return [
    ...pages
      .filter((page) => !listed.has(page))
      .map((page) => `${page}: no picture; keepScreen() it in its test, list it in docs/screens/README.md`),
    ...rows.filter(([page]) => !pages.includes(page)).map(([page]) => `${page}: no such page`),
    ...rows.filter(([, pictures]) => pictures.length === 0).map(([page]) => `${page}: names no picture`),
    ...rows
      .flatMap(([, pictures]) => pictures)
      .filter((name) => !files.includes(name))
      .map((name) => `${name}: listed, and not there`),
    ...files
      .filter((name) => !shown.includes(name))
      .map((name) => `${name}: the guide (docs/using*.md) does not show it`),
    ...shown.filter((name) => !files.includes(name)).map((name) => `${name}: shown, and not there`),
  ];
}

test('5: every page has a committed picture, and the guide shows every picture', () => {
  const pages = [
    '/console/',
    ...declaredIn('web/desk', '/console'),
    ...declaredIn('web/phone', '/m'),
    ...CUSTOMER,
  ];
  expect(pages.length).toBeGreaterThan(20);
  const rows = rowsOf(readDoc('docs/screens/README.md')).map(
    ([page = '', pictures = '']) =>
      [
        page.replaceAll('`', ''),
        [...pictures.matchAll(/`([\w-]+\.png)`/g)].map(([, name = '']) => name),
      ] as const,
  );
  const files = readdirSync(path.join(root, 'docs/screens')).filter((name) => name.endsWith('.png'));
  const guide = readdirSync(path.join(root, 'docs')).filter((name) => /^using[\w-]*\.md$/.test(name));
  const shown = guide.flatMap((name) =>
    [...readDoc(`docs/${name}`).matchAll(/\]\(screens\/([\w-]+\.png)\)/g)].map(([, picture = '']) => picture),
  );
  expect(faultsOfScreens({ pages, rows, files, shown })).toEqual([]);
});

test('what is missing is said, each by what to do', () => {
  expect(
    faultsOfScreens({
      pages: ['/console/a', '/console/b'],
      rows: [
        ['/console/b', ['b.png']],
        ['/console/c', []],
      ],
      files: ['a.png'],
      shown: ['d.png'],
    }),
  ).toEqual([
    '/console/a: no picture; keepScreen() it in its test, list it in docs/screens/README.md',
    '/console/c: no such page',
    '/console/c: names no picture',
    'b.png: listed, and not there',
    'a.png: the guide (docs/using*.md) does not show it',
    'd.png: shown, and not there',
  ]);
});
