import { describe, expect, test } from 'vitest';
import { addDays, civilDate } from '../../../rules/calendar/civil-date.ts';
import { isStopDayAllowed } from '../../../rules/plan/is-stop-day-allowed.ts';
import { isFestivalWeek } from '../../../rules/plan/is-festival-week.ts';
import type { PlanFacts } from '../../../rules/plan/facts.ts';
import { PLAN_REASON_TEXTS } from '../../../rules/reasons/plan-reasons.ts';
import { calendar } from '../calendar/support.ts';
import { crews, facts, policy } from './support.ts';

const on = (date: string, over: Partial<PlanFacts> = {}) => {
  const given = facts({ capacity: crews(civilDate('2026-01-01'), 500), ...over });
  const verdict = isStopDayAllowed(civilDate(date), given, policy);
  const found = verdict.outcome === 'permitted' ? [] : verdict.reasons;
  const missing = verdict.outcome === 'undetermined' ? verdict.missing : [];
  const codes = [...new Set([...found, ...missing].map(({ code }) => code))].toSorted();
  for (const code of codes) expect(PLAN_REASON_TEXTS).toHaveProperty([code]);
  return `${verdict.outcome} ${codes.join(' ')}`.trim();
};

describe('T2.2, T2.3, L8, L10: which day a stop may fall on', () => {
  test.each([
    ['2026-07-14', 'permitted', 'a Tuesday'],
    ['2026-07-15', 'permitted', 'a Wednesday'],
    ['2026-07-16', 'permitted', 'a Thursday'],
    ['2026-07-17', 'refused eve-of-day-off stop-day-weekday', 'a Friday'],
    ['2026-07-18', 'refused day-not-working eve-of-day-off stop-day-weekday', 'a Saturday'],
    ['2026-07-13', 'refused day-not-working stop-day-weekday', 'a Monday: no working day before it'],
    ['2026-06-09', 'refused exam-days', 'a Tuesday of the exams'],
    ['2026-06-10', 'refused exam-days', 'their last day'],
    ['2026-06-11', 'permitted', 'the day after'],
    ['2026-06-18', 'refused eve-of-day-off', 'the eve of the Dragon Boat Festival'],
    ['2026-06-30', 'permitted', 'its D-7 is a working Tuesday'],
    ['2026-05-12', 'refused day-not-working', 'D-7 is in the holiday of May'],
    ['2026-05-13', 'permitted', 'D-7 is the first working day after it'],
    ['2026-09-29', 'refused festival-week', 'in the week of National Day'],
    ['2026-10-06', 'refused day-not-working eve-of-day-off festival-week', 'still off'],
    ['2026-10-13', 'refused day-not-working', 'D-7 is a day in lieu'],
    ['2026-10-15', 'permitted', 'D-7 is the first day of work'],
    ['2026-02-12', 'refused festival-week', 'the Sunday of its week is off already'],
    ['2026-02-24', 'refused day-not-working festival-week', 'the Monday of its week is off'],
    ['2026-02-05', 'permitted', 'the week before'],
    ['2026-03-03', 'permitted', 'the week after, D-7 works again'],
    ['2026-12-22', 'permitted', 'the last certain day of a year whose next one is not published'],
    ['2026-12-23', 'undetermined day-undetermined', 'its morrow may be moved'],
    ['2027-01-12', 'undetermined day-undetermined', 'D-7 lies near New Year'],
    ['2027-01-19', 'permitted', 'far from every holiday, published or not'],
    ['2027-01-28', 'undetermined day-undetermined', 'near Spring Festival'],
    ['2027-02-09', 'undetermined day-not-working day-undetermined festival-week', 'after Spring Festival'],
  ])('%s: %s (%s)', (date, answer) => expect(on(date)).toBe(answer));

  test('L10: shields and weather', () => {
    const shields = [{ from: civilDate('2026-07-15'), to: civilDate('2026-07-15') }];
    expect(on('2026-07-14', { shields })).toBe('permitted');
    expect(on('2026-07-15', { shields })).toBe('refused shielded');
    expect(on('2026-07-16', { shields })).toBe('permitted');
    expect(on('2026-07-15', { weather: { '2026-07-15': 'yellow' } })).toBe('permitted');
    expect(on('2026-07-15', { weather: { '2026-07-15': 'orange' } })).toBe('refused weather-warning');
    expect(on('2026-07-15', { weather: { '2026-07-15': 'red' } })).toBe('refused weather-warning');
    expect(on('2026-07-15', { weather: { '2026-07-16': 'red' } })).toBe('permitted');
  });

  test('T3.3: no stop without a way back: restoration is free on the day and on the next', () => {
    const free = { stopsFree: 1, restoresFree: 1 };
    const day = '2026-07-15';
    expect(on(day, { capacity: { [day]: free, '2026-07-16': { stopsFree: 0, restoresFree: 1 } } })).toBe(
      'permitted',
    );
    expect(on(day, { capacity: { [day]: free, '2026-07-16': { stopsFree: 1, restoresFree: 0 } } })).toBe(
      'refused no-restore-capacity',
    );
    expect(on(day, { capacity: { [day]: { stopsFree: 1, restoresFree: 0 }, '2026-07-16': free } })).toBe(
      'refused no-restore-capacity',
    );
    expect(on(day, { capacity: { [day]: { stopsFree: 0, restoresFree: 1 }, '2026-07-16': free } })).toBe(
      'refused no-stop-capacity',
    );
    expect(on(day, { capacity: { [day]: free } })).toBe('undetermined capacity-unknown');
    expect(on(day, { capacity: {} })).toBe('undetermined capacity-unknown');
  });

  test('L10: an unknown year has unknown festivals', () => {
    expect(isFestivalWeek(civilDate('2035-05-15'), calendar)).toBeUndefined();
    expect(isFestivalWeek(civilDate('2027-05-12'), calendar)).toBe(false);
    const weeks = [0, 7, 14].map((i) => isFestivalWeek(addDays(civilDate('2027-02-02'), i), calendar));
    expect(weeks).toEqual([true, true, false]);
  });
});
