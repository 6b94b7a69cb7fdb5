import { describe, expect, test } from 'vitest';
import { readDoc } from '../../docs/tables.ts';
import { addDays, civilDate } from '../../../rules/calendar/civil-date.ts';
import type { BillFact } from '../../../rules/credit/facts.ts';
import { prepaymentFen } from '../../../rules/credit/prepayment.ts';
import type { Grade } from '../../../rules/credit/scheme.ts';
import { scoreGradeOf, scoreOf, type ScoreFacts } from '../../../rules/credit/score-of.ts';
import { yuanText } from '../../../rules/reasons/reason-text.ts';
import { rowsOf } from '../../docs/tables.ts';
import { judged, policy, sheet } from './support.ts';

const sections = readDoc('docs/credit-examples.md').split('\n## ').slice(1);
const tableOf = (title: string) => rowsOf(sections.find((section) => section.startsWith(title)) ?? '');

const billsOf = (cell: string, disputed: boolean): BillFact[] =>
  cell.split('; ').map((one) => {
    const [due = '', paid = ''] = one.split(' → ');
    const isPaid = paid !== 'unpaid';
    return {
      ...{ dueOn: civilDate(due), issuedOn: addDays(civilDate(due), -15), principalFen: 10_000, disputed },
      ...{ paidFen: isPaid ? 10_000 : 0, settledOn: isPaid ? civilDate(paid) : null },
    };
  });

const NAMES = [
  ...([
    'lateBills',
    'oldestDays',
    'dunnedCases',
    'stoppedCases',
    'brokenPlans',
    'thefts',
    'violations',
  ] as const),
  ...(['breaches', 'failedInspections', 'failedEquipment', 'goodCooperation', 'badCooperation'] as const),
  ...(['honours', 'goodExternal', 'badExternal'] as const),
];
const NOTHING = Object.fromEntries(NAMES.map((name) => [name, 0])) as unknown as ScoreFacts;

describe('docs/credit-examples.md says what the rules say', () => {
  const grades = tableOf('Grades and colours');
  test.each(grades)('as of %s: %s %s %s', (asOf, bills, offence, more, grade, colour, reason) => {
    const since = /customer since (\S+)/.exec(more ?? '')?.[1] ?? '2020-01-01';
    const found = judged(
      sheet(billsOf(bills ?? '', more === 'disputed'), {
        offences: offence === undefined || offence === '' ? [] : [civilDate(offence)],
        tenureFrom: civilDate(since),
        deferred: more === 'plan agreed',
      }),
      civilDate(asOf ?? ''),
    );
    expect([found.grade, found.colour.colour, `\`${found.code}\``]).toEqual([grade, colour, reason]);
  });

  const prepayments = tableOf('What is asked for');
  test.each(prepayments)('grade %s, %s kVA: %s', (grade, capacity, amount) => {
    const fen = prepaymentFen(Number(capacity), grade as Exclude<Grade, 'A'>, policy.consequences);
    expect(yuanText(fen)).toBe(amount);
  });

  const scores = tableOf('Scores');
  test.each(scores)('%s (%s): %s, %s', (_what, facts, score, grade) => {
    const given = new Map((facts ?? '').split(', ').map((fact) => fact.split(' ') as [string, string]));
    const counted = Object.fromEntries(NAMES.map((name) => [name, Number(given.get(name) ?? 0)]));
    const { scoreCenti } = scoreOf(counted as unknown as ScoreFacts, policy.score);
    expect([(scoreCenti / 100).toFixed(2), scoreGradeOf(scoreCenti, policy.score)]).toEqual([score, grade]);
  });

  test('the customer of docs/credit.md, through all three schemes', () => {
    const bills = '2026-03-20 → 2026-03-24; 2026-08-16 → 2026-08-10; 2026-09-16 → unpaid';
    const found = judged(sheet(billsOf(bills, false)), civilDate('2026-10-31'));
    expect([found.grade, found.colour.colour, found.facts.oldestDays, found.facts.lateBills]).toEqual([
      'C',
      'yellow',
      45,
      2,
    ]);
    const facts = { lateBills: found.facts.lateBills, oldestDays: 45, failedInspections: 1 };
    const { indicators, scoreCenti } = scoreOf({ ...NOTHING, ...facts }, policy.score);
    expect(indicators.map(({ points }) => points)).toEqual([65, 100, 80, 80]);
    expect([scoreCenti, scoreGradeOf(scoreCenti, policy.score)]).toEqual([7_900, 'fair']);
    const paid = judged(
      sheet(billsOf(bills.replace('unpaid', '2026-11-03'), false)),
      civilDate('2026-11-03'),
    );
    expect([paid.grade, paid.colour.colour]).toEqual(['B', 'blue']);
    const said = readDoc('docs/credit.md');
    for (const words of ['¥31,500', 'Together 79.00: fair', '45 days']) expect(said).toContain(words);
  });

  test('no table is empty', () => {
    expect([grades.length, prepayments.length, scores.length]).toEqual([17, 3, 6]);
  });
});
