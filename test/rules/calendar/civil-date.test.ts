import { describe, expect, test } from 'vitest';
import {
  addDays,
  civilDate,
  civilDateOfDay,
  dayNumberOf,
  daysBetween,
  weekdayOf,
} from '../../../rules/calendar/civil-date.ts';
import {
  civilDateAt,
  epochMsOf,
  minuteOfDayAt,
  shanghaiText,
} from '../../../rules/calendar/shanghai-time.ts';
import { fc, forAll } from '../../support/property.ts';

const dayNumbers = fc.integer({ min: -100_000, max: 100_000 });

describe('civil dates', () => {
  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-4-1',
    '',
    '2026-11-24T00:00',
    '1500-01-01',
  ])('%s is no day', (text) => expect(() => civilDate(text)).toThrow(RangeError));
  test.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-11-24', 32, '2026-12-26'],
    ['2000-02-28', 1, '2000-02-29'],
    ['1900-02-28', 1, '1900-03-01'],
  ])('%s + %i days is %s', (from, days, to) => {
    expect(addDays(civilDate(from), days)).toBe(to);
    expect(daysBetween(civilDate(from), civilDate(to))).toBe(days);
  });
  test('weekdays run Monday 1 to Sunday 7', () => {
    expect(weekdayOf(civilDate('2026-11-24'))).toBe(2);
    expect(weekdayOf(civilDate('2026-11-29'))).toBe(7);
    expect(weekdayOf(civilDate('1969-12-29'))).toBe(1);
  });
  test('every day number is one date, and agrees with the calendar of the machine', () =>
    forAll([dayNumbers], (n) => {
      const date = civilDateOfDay(n);
      expect(dayNumberOf(date)).toBe(n);
      expect(date).toBe(new Date(n * 86_400_000).toISOString().slice(0, 10));
      expect(addDays(date, 7)).toBe(civilDateOfDay(n + 7));
      expect(weekdayOf(addDays(date, 7))).toBe(weekdayOf(date));
    }));
});

describe('Shanghai time', () => {
  test.each([
    ['2026-11-23T15:59:59.999Z', '2026-11-23 23:59'],
    ['2026-11-23T16:00:00Z', '2026-11-24 00:00'],
    ['2026-11-24T01:00:00Z', '2026-11-24 09:00'],
    ['1969-12-31T15:59:00Z', '1969-12-31 23:59'],
  ])('%s is %s', (instant, text) => expect(shanghaiText(Date.parse(instant))).toBe(text));
  test('an instant is its date and minute', () =>
    forAll([dayNumbers, fc.integer({ min: 0, max: 1439 })], (n, minute) => {
      const atMs = epochMsOf(civilDateOfDay(n), minute);
      expect(civilDateAt(atMs)).toBe(civilDateOfDay(n));
      expect(minuteOfDayAt(atMs)).toBe(minute);
    }));
});
