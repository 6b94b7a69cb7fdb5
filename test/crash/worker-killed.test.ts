import { expect, test } from 'vitest';
import { runCrashes } from './run-crashes.ts';

test('T2.6, T3.3: a worker killed between an SMS, a permit or a restoration and its note of it doubles nothing', async () => {
  const points = ['sms.send', 'decidePermit', 'beginRestoration'];
  const { verdict, died, broken } = await runCrashes(points, ['restoredLate']);
  expect(broken).toEqual([]);
  expect(died).toEqual(points.toSorted());
  expect(verdict.faults).toEqual([]);
  expect(verdict.stops).toMatchObject({ carriedOut: 1, wrongful: 0 });
  expect(verdict.light).toMatchObject({ owed: 1, made: 1, late: 1, explained: 1 });
  expect(verdict.messages.doubled).toBe(0);
}, 180_000);
