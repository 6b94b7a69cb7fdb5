import { expect, test } from 'vitest';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { resumedDueOn } from '../../../rules/credit/remedy-clock.ts';
import { calendar } from '../calendar/support.ts';

test.each([
  ['thirteen working days were left, and are again', '2026-11-10', '2026-11-12', '2026-11-27', '2026-12-01'],
  [
    'seven days were left, and no day off is the last',
    '2026-11-13',
    '2026-11-15',
    '2026-11-20',
    '2026-11-23',
  ],
  ['what was over before stays over', '2026-11-10', '2026-11-12', '2026-11-06', '2026-11-06'],
  ['no day of rest moves no last day', '2026-11-10', '2026-11-10', '2026-11-29', '2026-11-29'],
])('L5, L8: %s', (_, restedFrom, resumedOn, dueOn, resumed) => {
  const rested = [civilDate(restedFrom), civilDate(resumedOn)] as const;
  expect(resumedDueOn(civilDate(dueOn), ...rested, calendar)).toBe(resumed);
});
