import { describe, expect, test } from 'vitest';
import { addDays, addMonths, civilDate, monthEnd } from '../../../rules/calendar/civil-date.ts';
import { checkCreditPolicy } from '../../../rules/credit/check-credit-policy.ts';
import { runPeriod } from '../../../rules/credit/run-period.ts';
import type { Grade } from '../../../rules/credit/scheme.ts';
import { asOf, bill, judged, open, policy, sheet } from './support.ts';

describe('every boundary of a grade', () => {
  test.each([
    // G1.gap: due on the last day of the month is not overdue on it.
    ['due today', bill('2026-11-30', open), asOf, 'A', 'clean-year'],
    ['G1.gap: one day', bill('2026-11-29', open), asOf, 'B', 'arrears-within-one-month'],
    ['G1.gap: 30 days', bill('2026-10-31', open), asOf, 'B', 'arrears-within-one-month'],
    ['G1.C: 31 days', bill('2026-10-30', open), asOf, 'C', 'arrears-over-one-month'],
    ['G1.C: 60 days', bill('2026-10-01', open), asOf, 'C', 'arrears-over-one-month'],
    ['G1.D: 61 days', bill('2026-09-30', open), asOf, 'D', 'arrears-over-two-months'],
    [
      'G1.C over the turn of the year',
      bill('2026-12-15', open),
      civilDate('2027-01-15'),
      'C',
      'arrears-over-one-month',
    ],
    [
      'G1.gap over February',
      bill('2027-02-01', open),
      civilDate('2027-02-28'),
      'B',
      'arrears-within-one-month',
    ],
    [
      'G1.A: paid on its day',
      bill('2026-11-20', { settledOn: civilDate('2026-11-20') }),
      asOf,
      'A',
      'clean-year',
    ],
    [
      'G1.B: paid a day late',
      bill('2026-11-20', { settledOn: civilDate('2026-11-21') }),
      asOf,
      'B',
      'late-within-year',
    ],
    [
      'G1.A: paid before anybody kept count',
      bill('2026-11-20', { settledOn: null }),
      asOf,
      'A',
      'clean-year',
    ],
    [
      'G1.B: late on the first day of the year',
      bill('2025-12-01', { settledOn: civilDate('2025-12-09') }),
      asOf,
      'B',
      'late-within-year',
    ],
    [
      'G1.A: late the day before the year',
      bill('2025-11-30', { settledOn: civilDate('2025-12-09') }),
      asOf,
      'A',
      'clean-year',
    ],
    ['L5: disputed', bill('2026-08-01', { ...open, disputed: true }), asOf, 'A', 'clean-year'],
    // A reversed payment opens the bill again, as if it had never been.
    ['reversed', bill('2026-10-15', { paidFen: 0, settledOn: null }), asOf, 'C', 'arrears-over-one-month'],
    [
      'part paid',
      bill('2026-10-15', { paidFen: 9_999, settledOn: null }),
      asOf,
      'C',
      'arrears-over-one-month',
    ],
    [
      'paid only after the day that is judged',
      bill('2026-10-15', { settledOn: civilDate('2026-12-02') }),
      asOf,
      'C',
      'arrears-over-one-month',
    ],
  ] as const)('%s', (_what, one, day, grade, code) => {
    expect(judged(sheet([one]), day)).toMatchObject({ grade, code });
  });

  test.each([
    ['the day before the third anniversary', '2023-12-01', '2026-11-30', 'D'],
    ['the third anniversary itself', '2023-11-30', '2026-11-30', 'A'],
    ['the day it happened', '2026-11-30', '2026-11-30', 'D'],
    ['tomorrow is not known today', '2026-12-01', '2026-11-30', 'A'],
    ['a leap day, the day before 28 February', '2024-02-29', '2027-02-27', 'D'],
    ['a leap day, 28 February', '2024-02-29', '2027-02-28', 'A'],
  ] as const)('G1.D, G1.A: theft and three years: %s', (_what, occurredOn, day, grade) => {
    const found = judged(sheet([bill('2026-10-20')], { offences: [civilDate(occurredOn)] }), civilDate(day));
    expect(found.grade).toBe(grade);
  });

  test.each([
    ['no bill at all', null, 'B', 'new-customer'],
    ['eleven months', '2025-12-01', 'B', 'new-customer'],
    ['twelve months to the day', '2025-11-30', 'A', 'clean-year'],
  ] as const)('G1.gap: a new customer: %s', (_what, since, grade, code) => {
    const record =
      since === null
        ? sheet([], { tenureFrom: null })
        : sheet([bill('2026-10-20')], { tenureFrom: civilDate(since) });
    expect(judged(record)).toMatchObject({ grade, code, watch: false });
  });

  test('the arrears of whoever lived there before are not theirs', () => {
    const record = sheet([bill('2026-06-20', open), bill('2026-11-20')], {
      tenureFrom: civilDate('2026-09-01'),
    });
    expect(judged(record)).toMatchObject({
      grade: 'B',
      code: 'new-customer',
      facts: { owedFen: 0, bills: 1 },
    });
  });

  test('G1: the theft of whoever lived there before is not theirs', () => {
    const of = (day: string) =>
      judged(sheet([bill('2026-10-20')], { tenureFrom: civilDate('2026-09-01'), offences: [civilDate(day)] }))
        .grade;
    expect([of('2026-08-31'), of('2026-09-01')]).toEqual(['B', 'D']);
  });

  test('merged accounts: the record of both is the record of one', () => {
    const good = [bill('2026-10-20')];
    const bad = [bill('2026-09-10', open)];
    expect(judged(sheet([...good, ...bad])).grade).toBe('D');
  });

  test('R3: an agreed deferral lets arrears rest, and is watched', () => {
    const record = sheet([bill('2026-08-01', open)], { deferred: true });
    expect(judged(record)).toMatchObject({ grade: 'B', code: 'arrears-deferred', watch: true });
  });

  test('H1: five colours, each at its turn', () => {
    const at = (days: number) => judged(sheet([bill(addDays(asOf, -days), open)])).colour.colour;
    expect([0, 1, 60, 61, 180, 181].map(at)).toEqual(['green', 'yellow', 'yellow', 'red', 'red', 'black']);
    const stole = (occurredOn: string) =>
      judged(sheet([bill('2026-10-20')], { offences: [civilDate(occurredOn)] })).colour.colour;
    expect(['2025-12-01', '2025-11-30', '2023-12-01', '2023-11-30'].map(stole)).toEqual([
      'black',
      'red',
      'red',
      'green',
    ]);
  });
});

describe('what a run judges', () => {
  test.each([
    ['grade', null, '2026-12-01', '2026-11-01', '2026-11-30'],
    ['grade', null, '2027-01-01', '2026-12-01', '2026-12-31'],
    ['grade', '2024-02-10', '2026-12-01', '2024-02-01', '2024-02-29'],
    ['grade', '2026-12-10', '2026-12-20', '2026-12-01', '2026-12-20'],
    ['score', null, '2027-01-02', '2026-01-01', '2026-12-31'],
  ] as const)('G2.1, K5.3: %s of %s on %s', (kind, month, today, first, last) => {
    expect(runPeriod(kind, month === null ? null : civilDate(month), civilDate(today))).toEqual({
      month: first,
      asOf: last,
    });
  });

  test('a month ends on its last day, leap years too', () => {
    expect(['2024-02-10', '2026-02-10', '2026-12-31'].map((day) => monthEnd(civilDate(day)))).toEqual([
      '2024-02-29',
      '2026-02-28',
      '2026-12-31',
    ]);
    expect(addMonths(civilDate('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(civilDate('2026-03-31'), -13)).toBe('2025-02-28');
  });
});

describe('definitions that may be published', () => {
  test('K3: ours are sound', () => {
    expect(checkCreditPolicy(policy)).toEqual([]);
  });

  test.each([
    ['a month shorter than 30 days', { grade: { ...policy.grade, oneMonthDays: 29 } }, 'G1.C'],
    ['two months before one', { grade: { ...policy.grade, twoMonthsDays: 30 } }, 'G1.D'],
    [
      'weights that are not 100',
      { score: { ...policy.score, weights: { ...policy.score.weights, payment: 41 } } },
      'K5.2',
    ],
    ['a draw of less than a tenth', { consequences: { ...policy.consequences, drawPermille: 99 } }, 'G3.5'],
    ['less than 15 working days', { consequences: { ...policy.consequences, offerWorkingDays: 14 } }, 'G3.C'],
    ['D without a person', { harm: { ...policy.harm, grades: ['C' as Grade] } }, 'L7'],
    ['black without a person', { harm: { ...policy.harm, colours: ['red' as const] } }, 'L7'],
    ['no colour with a person', { harm: { ...policy.harm, colours: [] } }, 'L7'],
    ['bad without a person', { harm: { ...policy.harm, scoreGrades: ['poor' as const] } }, 'L7'],
    ['no clean period', { remedies: { ...policy.remedies, cleanMonths: 0 } }, 'K7.1'],
    ['a report without notice', { remedies: { ...policy.remedies, publicationNoticeDays: 0 } }, 'L6'],
    ['an objection that takes a week', { remedies: { ...policy.remedies, objectionWorkingDays: 5 } }, 'L5'],
    ['half a day', { grade: { ...policy.grade, oneMonthDays: 30.5 } }, 'K3'],
  ] as const)('%s is refused', (_what, change, clause) => {
    expect(checkCreditPolicy({ ...policy, ...change }).map((fault) => fault.clause)).toContain(clause);
  });
});
