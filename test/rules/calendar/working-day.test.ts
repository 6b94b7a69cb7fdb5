import { describe, expect, test } from 'vitest';
import { addDays, civilDate, daysBetween, weekdayOf } from '../../../rules/calendar/civil-date.ts';
import { addWorkingDays, nextWorkingDayOnOrAfter, workingDay } from '../../../rules/calendar/working-day.ts';
import { statutoryDays } from '../../../db/calendar/statutory-days.ts';
import { coveredYear, publishedYears } from '../../../tools/calendar/published-years.ts';
import { fc, forAll } from '../../support/property.ts';
import { calendar } from './support.ts';

describe('L8: working days', () => {
  test.each([
    ['2026-11-24', 'working', 'a Tuesday'],
    ['2026-11-28', 'off', 'a Saturday'],
    ['2026-10-01', 'off', 'National Day'],
    ['2026-10-07', 'off', 'a Wednesday in lieu'],
    ['2026-10-08', 'working', 'the first day after'],
    ['2026-10-10', 'working', 'a Saturday made up'],
    ['2026-09-20', 'working', 'a Sunday made up'],
    ['2026-02-23', 'off', 'a Monday in lieu'],
    ['2026-02-28', 'working', 'a Saturday made up'],
    ['2026-12-23', 'working', 'nine days before New Year'],
    ['2026-12-24', 'undetermined', 'New Year of an unpublished year may reach back to it'],
    ['2026-12-26', 'off', 'a Saturday'],
    ['2027-01-01', 'off', 'a legal holiday, published or not'],
    ['2027-01-04', 'undetermined', 'near New Year'],
    ['2027-01-09', 'off', 'a Saturday'],
    ['2027-01-11', 'working', 'ten days after New Year'],
    ['2027-01-27', 'working', 'nine days before Spring Festival'],
    ['2027-01-28', 'undetermined', 'eight days before'],
    ['2027-02-08', 'off', 'a Monday of Spring Festival'],
    ['2027-02-16', 'undetermined', 'eight days after'],
    ['2027-02-17', 'working', 'nine days after'],
    ['2035-05-15', 'undetermined', 'legal holidays not computed'],
  ])('%s is %s: %s', (date, answer) => expect(workingDay(civilDate(date), calendar)).toBe(answer));

  test('day counts skip days off, and say so when a day is undetermined', () => {
    const from = civilDate('2026-09-29');
    expect(addWorkingDays(from, 0, calendar)).toBe(from);
    expect(addWorkingDays(from, 1, calendar)).toBe('2026-09-30');
    expect(addWorkingDays(from, 2, calendar)).toBe('2026-10-08');
    expect(addWorkingDays(from, 4, calendar)).toBe('2026-10-10');
    const december = civilDate('2026-12-22');
    expect(addWorkingDays(december, 2, calendar)).toBeUndefined();
    expect(addWorkingDays(december, 2, calendar, 'working')).toBe('2026-12-24');
    expect(addWorkingDays(december, 2, calendar, 'off')).toBe('2027-01-11');
    expect(nextWorkingDayOnOrAfter(civilDate('2026-10-01'), calendar)).toBe('2026-10-08');
    expect(nextWorkingDayOnOrAfter(civilDate('2026-12-24'), calendar)).toBe('2027-01-11');
  });

  test('without any published year no day near a legal holiday and no weekend is ever called working', () =>
    forAll([fc.integer({ min: 0, max: 1000 })], (n) => {
      const date = addDays(civilDate('2026-01-05'), n);
      const bare = { years: {}, statutory: calendar.statutory };
      const isNear = calendar.statutory.some((day) => Math.abs(daysBetween(day, date)) <= 8);
      const answer = workingDay(date, bare);
      expect(answer === 'working').toBe(!isNear && weekdayOf(date) <= 5);
    }));
});

describe('published years', () => {
  test('2026 is covered whole, 2027 is not, and nothing else is taken', () => {
    expect(publishedYears().map(({ year }) => year)).toEqual([2025, 2026]);
    const year = coveredYear(2026);
    expect(year?.offDays).toHaveLength(33);
    expect(year?.workdays).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
    expect(coveredYear(2027)).toBeUndefined();
  });
  test('a year of which a holiday or a made-up workday is missing is not covered', () => {
    const whole = coveredYear(2026);
    const table = (days: readonly string[]) => Object.fromEntries(days.map((day) => [day, '']));
    const data = {
      holidays: table(whole?.offDays ?? []),
      workdays: table(whole?.workdays ?? []),
      inLieuDays: table(['2026-01-02', '2026-02-20', '2026-02-23', '2026-05-05', '2026-10-06', '2026-10-07']),
    };
    expect(coveredYear(2026, data)).toBeDefined();
    const { '2026-06-19': _dragonBoat, ...holidays } = data.holidays;
    expect(coveredYear(2026, { ...data, holidays })).toBeUndefined();
    const { '2026-02-14': _madeUp, ...workdays } = data.workdays;
    expect(coveredYear(2026, { ...data, workdays })).toBeUndefined();
  });
  test.each([
    [2026, '2026-02-16', '2026-04-05', '2026-06-19', '2026-09-25'],
    [2027, '2027-02-05', '2027-04-05', '2027-06-09', '2027-09-15'],
    [2028, '2028-01-25', '2028-04-04', '2028-05-28', '2028-10-03'],
  ])('legal holidays of %i are computed', (year, eve, qingming, dragonBoat, midAutumn) => {
    const days = statutoryDays(year);
    expect(days).toHaveLength(13);
    for (const day of [eve, qingming, dragonBoat, midAutumn]) expect(days).toContain(day);
  });
  test('the list before 2025 was another one and is not guessed', () =>
    expect(() => statutoryDays(2024)).toThrow(RangeError));
});
