import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

interface Page {
  path: string;
  title: string;
  group?: string;
  roles: readonly string[];
}

const web = path.resolve(import.meta.dirname, '../../web');
const load = async <T>(file: string): Promise<T> =>
  (await import(pathToFileURL(path.join(web, file)).href)) as T;
const { PAGES } = await load<{ PAGES: readonly Page[] }>('desk/pages.ts');
const { SHELL_TEXTS } = await load<{ SHELL_TEXTS: Record<string, unknown> }>('desk/texts/shell.ts');
const { ROLE_TEXTS } = await load<{ ROLE_TEXTS: Record<string, unknown> }>('shared/roles.ts');

/** Their work is on the telephone; the desk leads there. */
const ON_PHONES = ['crew'];

test('nobody who signs in lands on nothing: each role has a page of its own in the menu', () => {
  const roles = Object.keys(ROLE_TEXTS);
  expect(roles.length).toBe(13);
  const homeless = roles.filter(
    (role) => !PAGES.some((page) => page.group !== undefined && page.roles.includes(role)),
  );
  expect(homeless).toEqual(ON_PHONES);
});

test('each page lies at an address of its own, has a title, and is for somebody', () => {
  expect(new Set(PAGES.map((page) => page.path)).size).toBe(PAGES.length);
  expect(PAGES.filter(({ title, roles }) => SHELL_TEXTS[title] === undefined || roles.length === 0)).toEqual(
    [],
  );
});
