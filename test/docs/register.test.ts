import { describe, expect, test } from 'vitest';
import { faultsOf, namedIn, readDoc, rowsOf, type Row } from './tables.ts';

/** Every clause of the sources, by id. */
const CLAUSES = [
  'T1.1 T1.2 T2.0 T2.1 T2.2 T2.3 T2.4 T2.5 T2.6 T2.7 T2.8 T3.1 T3.2 T3.3 T3.4 T3.5 T3.6',
  'G1.A G1.B G1.C G1.D G1.gap G2.1 G3.1 G3.2 G3.3 G3.4 G3.5 G3.A G3.B G3.C G3.D',
  'K3 K4.1 K4.2 K4.3 K5.1 K5.2 K5.3 K6.1 K6.2 K7.1 K7.2 K7.3 K8.1 K8.2',
  'R1 R2 R3 R4 R5 R6 R7',
  'H1 H2 H3 H4 H5',
  'L1 L2.30 L2.ntc L2.pre L2.gov L2.oth L3 L4 L5 L6 L7 L8 L9 L10 L11 L12',
]
  .join(' ')
  .split(' ');

const STATES = ['carried', 'part', 'later', 'people'];

/** What is wrong with one row of the register. */
function faultsOfRow([id = '', , state = '', carried = '', shown = '']: Row): string[] {
  const isOurs = state === 'carried' || state === 'part';
  return [
    ...(STATES.includes(state) ? [] : [`state ${state}`]),
    ...(isOurs && namedIn(carried).length + namedIn(shown).length === 0 ? ['names no file'] : []),
    ...(isOurs && namedIn(shown).length === 0 ? ['names no test'] : []),
    ...(isOurs || carried.length > 3 ? [] : ['does not say why']),
    ...faultsOf(carried),
    ...faultsOf(shown, id),
  ].map((fault) => `${id}: ${fault}`);
}

describe('the register of clauses', () => {
  const rows = rowsOf(readDoc('docs/regulation/register.md'));

  test('has one row for each clause', () => {
    expect(new Set(rows.map(([id]) => id))).toEqual(new Set(CLAUSES));
    expect(rows).toHaveLength(CLAUSES.length);
  });

  test('names files that exist and tests that name the clause', () => {
    expect(rows.flatMap(faultsOfRow)).toEqual([]);
  });

  test.each([
    ['a state nobody knows', ['T1.1', '', 'done', '`rules/verdict.ts`', '–']],
    ['no test', ['T1.1', '', 'carried', '`rules/verdict.ts`', '–']],
    ['a file that is gone', ['T1.1', '', 'carried', '`rules/gone.ts`', '`test/docs/register.test.ts`']],
    ['a test that does not name it', ['T9.9', '', 'carried', '`rules/verdict.ts`', '`test/tidy.test.ts`']],
    ['no reason', ['T1.1', '', 'later', '', '–']],
  ] as const)('%s is a fault', (_what, row) => {
    expect(faultsOfRow(row)).toHaveLength(1);
  });
});
