import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import { slotOf } from '../../../rules/plan/slot-of.ts';
import { lastDayTimes } from '../../../rules/plan/stop-schedule.ts';

const day = civilDate('2026-11-24');
const policy = defaultPolicy(day);
const MINUTE_MS = 60_000;
const ids = Array.from(
  { length: 2_000 },
  (_, n) => `acc-${(n * 2_654_435_761).toString(16).padStart(20, '0')}`,
);

const timesAt = (startMinute: number, over: Partial<typeof policy> = {}) =>
  ids.map((id) =>
    lastDayTimes(
      {
        stopAtMs: epochMsOf(day, startMinute),
        intervalMinutes: 60,
        customerClass: 'resident',
        slot: slotOf(id),
      },
      { ...policy, ...over },
    ),
  );

describe('T2.4: 2,000 stops that begin at one time', () => {
  const stopAtMs = epochMsOf(day, 600);

  test('are called one after the other, none later than T-45 and none earlier than the spread', () => {
    const calls = timesAt(600).map(({ firstCallAtMs }) => firstCallAtMs);
    const perSecond = Map.groupBy(calls, (at) => at);
    expect(Math.max(...[...perSecond.values()].map(({ length }) => length))).toBeLessThan(15);
    expect(perSecond.size).toBeGreaterThan(600);
    expect(Math.max(...calls)).toBeLessThanOrEqual(stopAtMs - 45 * MINUTE_MS);
    expect(Math.min(...calls)).toBeGreaterThan(stopAtMs - 60 * MINUTE_MS);
  });

  test('keep the distance between first call, second call and SMS, and check again at T-30 all the same', () => {
    for (const times of timesAt(600)) {
      expect(times.secondCallAtMs - times.firstCallAtMs).toBe(5 * MINUTE_MS);
      expect(times.smsAtMs - times.secondCallAtMs).toBe(5 * MINUTE_MS);
      expect(stopAtMs - times.lastCheckAtMs).toBe(30 * MINUTE_MS);
    }
  });

  test('are never called before dunning hours, however early the stop', () => {
    const begin = epochMsOf(day, policy.dunningHours.fromMinute);
    for (const { firstCallAtMs } of timesAt(policy.dunningHours.fromMinute + 50))
      expect(firstCallAtMs).toBeGreaterThanOrEqual(begin);
    for (const { firstCallAtMs } of timesAt(policy.dunningHours.fromMinute + 45))
      expect(firstCallAtMs).toBe(begin);
  });

  test('without a spread ring at one instant', () => {
    const calls = timesAt(600, { callSpreadMinutes: 0 }).map(({ firstCallAtMs }) => firstCallAtMs);
    expect(new Set(calls).size).toBe(1);
  });
});
