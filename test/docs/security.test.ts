import { describe, expect, test } from 'vitest';
import { faultsOf, namedIn, readDoc, rowsOf, type Row } from './tables.ts';

/** Chapters of OWASP ASVS 5.0 that concern us; the seventeenth is about WebRTC, of which there is none. */
const CHAPTERS = Array.from({ length: 16 }, (_, at) => `V${at + 1}`);

const chaptersOf = ([section = '']: Row): string[] => section.match(/\bV\d+\b/g) ?? [];

/** What is wrong with one row: it says what is done, and names tests by words that stand in them. */
function faultsOfRow(row: Row): string[] {
  const [section = '', done = '', shown = ''] = row;
  const tests = namedIn(shown);
  return [
    ...(done === '' ? ['says nothing of what is done'] : []),
    ...(tests.length === 0 ? ['names no test'] : []),
    ...tests.filter(({ words }) => words === undefined).map(({ file }) => `${file}: no words to find`),
    ...faultsOf(shown),
  ].map((fault) => `${section}: ${fault}`);
}

describe('the table of attacks', () => {
  const rows = rowsOf(readDoc('docs/security.md')).filter((row) => chaptersOf(row).length > 0);

  test('has a row for each chapter', () => {
    const named = new Set(rows.flatMap(chaptersOf));
    expect(CHAPTERS.filter((chapter) => !named.has(chapter))).toEqual([]);
  });

  test('names tests that say what is shown', () => {
    expect(rows.flatMap(faultsOfRow)).toEqual([]);
  });

  test.each([
    ['a row without a test', ['V1', 'something', '–']],
    ['a test without words', ['V1', 'something', '`test/tidy.test.ts`']],
    ['words that no test says', ['V1', 'something', '`test/tidy.test.ts` "not said anywhere"']],
    ['a row that does nothing', ['V1', '', '`test/tidy.test.ts` "here"']],
  ] as const)('%s is a fault', (_what, row) => {
    expect(faultsOfRow(row)).toHaveLength(1);
  });
});
