import { expect, test } from 'vitest';
import { ALL_ACTIVITIES } from './points.ts';
import { NOT_REACHED, REACHED_BY } from './reached-by.ts';
import { runCrashes } from './run-crashes.ts';

test('every activity has a life in which the worker dies behind it, or is named as one that has none', () => {
  expect([...Object.keys(REACHED_BY), ...NOT_REACHED].toSorted()).toEqual(ALL_ACTIVITIES);
});

test('T2.6, T3.3: a worker killed between an SMS, a permit or a restoration and its note of it doubles nothing', async () => {
  const points = ['sms.send', 'decidePermit', 'beginRestoration'];
  const { verdict, died } = await runCrashes(points, ['restoredLate']);
  expect(died).toEqual(points.toSorted());
  expect(verdict.faults).toEqual([]);
  expect(verdict.stops).toMatchObject({ carriedOut: 1, wrongful: 0 });
  expect(verdict.light).toMatchObject({ owed: 1, made: 1, late: 1, explained: 1 });
  expect(verdict.messages.doubled).toBe(0);
}, 180_000);
