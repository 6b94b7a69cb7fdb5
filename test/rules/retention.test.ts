import { expect, test } from 'vitest';
import { addDays, civilDate } from '../../rules/calendar/civil-date.ts';
import { keptUntil, mayEraseAccount, type ErasureFacts } from '../../rules/retention/may-erase-account.ts';
import { retentionAt } from '../../rules/parameters/retention.ts';

const today = civilDate('2026-11-25');
const free: ErasureFacts = {
  ...{
    today,
    movedOutOn: civilDate('2023-01-31'),
    openBills: 0,
    openCases: 0,
    stopsInForce: 0,
    openMatters: 0,
  },
  lastActOn: civilDate('2023-11-24'),
};
const codes = (facts: Partial<ErasureFacts>): string[] => {
  const verdict = mayEraseAccount({ ...free, ...facts });
  return verdict.outcome === 'permitted' ? [] : verdict.reasons.map(({ code }) => code);
};

test('L9: evidence is kept for three years after the last act, to the day', () => {
  expect(keptUntil(civilDate('2023-11-24'))).toBe('2026-11-25');
  expect(keptUntil(civilDate('2024-02-29'))).toBe('2027-03-01');
  expect(codes({})).toEqual([]);
  expect(codes({ lastActOn: civilDate('2023-11-25') })).toEqual(['evidence-still-needed']);
  expect(codes({ lastActOn: null })).toEqual([]);
});

test.each([
  ['still-a-customer', { movedOutOn: null }],
  ['still-a-customer', { movedOutOn: addDays(today, 1) }],
  ['debt-still-open', { openBills: 1 }],
  ['case-still-open', { openCases: 1 }],
  ['stop-still-in-force', { stopsInForce: 1 }],
  ['matter-still-open', { openMatters: 2 }],
] as const)('L9: %s, so nothing is erased', (code, facts) => {
  expect(codes(facts)).toEqual([code]);
});

test('every reason is given at once', () => {
  expect(
    codes({
      movedOutOn: null,
      openBills: 1,
      openCases: 1,
      stopsInForce: 1,
      openMatters: 1,
      lastActOn: today,
    }),
  ).toHaveLength(6);
});

test('the years have their source, and no day is without them', () => {
  expect(retentionAt(today)).toMatchObject({ evidenceYears: 3 });
  expect(() => retentionAt(civilDate('2020-12-31'))).toThrow('nothing is known');
});
