import { describe, expect, test } from 'vitest';
import { faultsOf, namedIn, readDoc, rowsOf, type Row } from './tables.ts';

const AREAS = ['main', 'proof', 'people', 'credit', 'launch', 'recovery'];
const FEATURES = 72;

/** What is wrong with one row: a row of the main way names a file, and a test with the words that show it. */
function faultsOfRow([n = '', , area = '', file = '', shown = '']: Row): string[] {
  const isMain = area === 'main';
  return [
    ...(AREAS.includes(area) ? [] : [`area ${area}`]),
    ...(isMain && namedIn(file).length === 0 ? ['names no file'] : []),
    ...(isMain && namedIn(shown).length === 0 ? ['names no test'] : []),
    ...namedIn(shown)
      .filter(({ words }) => words === undefined)
      .map(({ file: named }) => `${named}: no words to find`),
    ...faultsOf(file),
    ...faultsOf(shown),
  ].map((fault) => `${n}: ${fault}`);
}

describe('the table of features', () => {
  const all = rowsOf(readDoc('docs/features.md'));
  const rows = all.filter(([n = '']) => /^\d+$/.test(n));
  const mistakes = all.filter((cells) => cells.length === 2);

  test('has each of the 72 rows once', () => {
    expect(rows.map(([n]) => Number(n))).toEqual(Array.from({ length: FEATURES }, (_, at) => at + 1));
  });

  test('names files that exist and tests that say what is shown', () => {
    expect(rows.flatMap(faultsOfRow)).toEqual([]);
  });

  test('names the test of each mistake on record', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(10);
    expect(mistakes.filter(([, shown = '']) => namedIn(shown).length === 0)).toEqual([]);
    expect(mistakes.flatMap(([, shown = '']) => faultsOf(shown))).toEqual([]);
  });

  test.each([
    ['an area nobody knows', ['1', '', 'other', '', '']],
    ['a row of the main way without a test', ['1', '', 'main', '`rules/verdict.ts`', '–']],
    ['a file that is gone', ['1', '', 'main', '`rules/gone.ts`', '`test/docs/tables.ts` "shown"']],
    ['words that no test says', ['1', '', 'proof', '', '`test/tidy.test.ts` "not said anywhere"']],
    ['a test without words', ['1', '', 'proof', '', '`test/tidy.test.ts`']],
  ] as const)('%s is a fault', (_what, row) => {
    expect(faultsOfRow(row).length).toBeGreaterThanOrEqual(1);
  });
});
