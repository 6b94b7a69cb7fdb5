import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { defaultCreditPolicy } from '../../../rules/credit/default-policy.ts';
import { recordFaults } from '../../../rules/credit/record-faults.ts';
import { adjustedCenti, scoreGradeOf, scoreOf, type ScoreFacts } from '../../../rules/credit/score-of.ts';
import { checkLetterOf, isFirmCode, isSocialCreditCode } from '../../../rules/credit/social-credit-code.ts';
import { fc, forAll } from '../../support/property.ts';

const policy = defaultCreditPolicy(civilDate('2026-11-30'));

describe('K5: the score', () => {
  const nothing: ScoreFacts = {
    ...{
      lateBills: 0,
      oldestDays: 0,
      dunnedCases: 0,
      stoppedCases: 0,
      brokenPlans: 0,
      thefts: 0,
      violations: 0,
      breaches: 0,
    },
    ...{
      failedInspections: 0,
      failedEquipment: 0,
      goodCooperation: 0,
      badCooperation: 0,
      honours: 0,
      goodExternal: 0,
      badExternal: 0,
    },
  };
  test.each([
    ['K5.1: nothing against them', {}, 9_700, 'excellent'],
    ['two bills late', { lateBills: 2 }, 9_300, 'excellent'],
    ['feature: a stop moves the score', { stoppedCases: 1, dunnedCases: 1 }, 8_700, 'good'],
    ['a theft', { thefts: 1 }, 7_200, 'fair'],
    [
      'a theft, arrears and a failed inspection',
      { thefts: 1, oldestDays: 61, failedInspections: 2 },
      5_000,
      'bad',
    ],
    ['an honour', { honours: 1 }, 9_925, 'excellent'],
  ] as const)('%s', (_what, change, centi, grade) => {
    const { scoreCenti } = scoreOf({ ...nothing, ...change }, policy.score);
    expect([scoreCenti, scoreGradeOf(scoreCenti, policy.score)]).toEqual([centi, grade]);
  });

  test.each([
    [9_000, 'excellent'],
    [8_999, 'good'],
    [8_000, 'good'],
    [7_999, 'fair'],
    [7_000, 'fair'],
    [6_999, 'poor'],
    [6_000, 'poor'],
    [5_999, 'bad'],
  ] as const)('K5.2: %i hundredths are %s', (centi, grade) => {
    expect(scoreGradeOf(centi, policy.score)).toBe(grade);
  });

  const facts = fc.record(
    Object.fromEntries(Object.keys(nothing).map((key) => [key, fc.nat(4)])) as Record<
      keyof ScoreFacts,
      fc.Arbitrary<number>
    >,
  );
  test('a score lies between 0 and 100, more against somebody never raises it', () => {
    const against = [
      'lateBills',
      'oldestDays',
      'stoppedCases',
      'thefts',
      'violations',
      'breaches',
      'failedInspections',
      'badExternal',
    ] as const;
    forAll([facts, fc.constantFrom(...against)], (some, which) => {
      const before = scoreOf(some, policy.score).scoreCenti;
      const after = scoreOf({ ...some, [which]: some[which] + 1 }, policy.score).scoreCenti;
      expect(before).toBeGreaterThanOrEqual(0);
      expect(before).toBeLessThanOrEqual(10_000);
      expect(after).toBeLessThanOrEqual(before);
    });
  });

  test('K5.2: a person moves a score by the published points at most', () => {
    forAll([fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: -100, max: 100 })], (centi, points) => {
      expect(Math.abs(adjustedCenti(centi, points, policy.score) - centi)).toBeLessThanOrEqual(1_000);
    });
  });
});

describe('H3: unified social credit codes', () => {
  test.each(['9144030071526726XG', '914403001922038216', '9111000071093123XX'])('%s is one', (code) => {
    expect(isSocialCreditCode(code)).toBe(true);
    expect(isFirmCode(code)).toBe(true);
  });

  test('one wrong letter is found out, wherever it stands', () => {
    const letters = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
    const code = '9144030071526726XG';
    forAll(
      [fc.nat(17), fc.constantFrom(...letters)],
      (at, letter) => {
        if (code[at] === letter) return;
        expect(isSocialCreditCode(code.slice(0, at) + letter + code.slice(at + 1))).toBe(false);
      },
      400,
    );
  });

  test('letters that look like others do not belong to a code', () => {
    expect(['I', 'O', 'S', 'V', 'Z'].map((letter) => checkLetterOf(`9144030071526726${letter}`))).toEqual([
      ...[undefined, undefined, undefined, undefined, undefined],
    ]);
  });

  test('L6: a sole trader counts as a person', () => {
    const seventeen = '92440300MA5ED2W3X';
    const code = seventeen + String(checkLetterOf(seventeen));
    expect([isSocialCreditCode(code), isFirmCode(code)]).toEqual([true, false]);
  });
});

describe('K4.2: what a record needs', () => {
  test.each([
    ['an inspection without outcome', { kind: 'inspection', source: 'own' }, ['outcome-missing']],
    [
      'an outcome that does not fit',
      { kind: 'inspection', source: 'own', outcome: 'good' },
      ['outcome-does-not-fit'],
    ],
    ['an authority without basis', { kind: 'honour', source: 'authority' }, ['basis-missing']],
    [
      'an outside record with its basis',
      { kind: 'external', source: 'authority', outcome: 'bad', legalBasis: '条例 12' },
      [],
    ],
    ['a theft', { kind: 'theft', source: 'own' }, []],
  ] as const)('%s', (_what, record, faults) => {
    expect(recordFaults({ description: '情况', ...record })).toEqual(faults);
  });
});
