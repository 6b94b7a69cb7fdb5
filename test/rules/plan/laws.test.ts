import { describe, expect, test } from 'vitest';
import {
  addDays,
  civilDate,
  daysBetween,
  weekdayOf,
  type CivilDate,
} from '../../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { workingDay } from '../../../rules/calendar/working-day.ts';
import type { Policy } from '../../../rules/parameters/policy.ts';
import { chooseStopPlan } from '../../../rules/plan/choose-stop-plan.ts';
import type { DayCapacity, PlanBill, PlanFacts, WeatherLevel } from '../../../rules/plan/facts.ts';
import { lastDayTimes } from '../../../rules/plan/stop-schedule.ts';
import { fc, forAll } from '../../support/property.ts';
import { calendar } from '../calendar/support.ts';
import { policy } from './support.ts';

const base = civilDate('2025-12-01');
const day = fc.integer({ min: 0, max: 420 }).map((n) => addDays(base, n));
const billOf = fc.record({
  billId: fc.uuid(),
  openFen: fc.integer({ min: 0, max: 30_000 }),
  dueDate: fc.integer({ min: -90, max: 420 }).map((n) => addDays(base, n)),
  service: fc.constantFrom<PlanBill['service']>(
    'electricity',
    'electricity',
    'electricity',
    'water',
    'other',
  ),
  disputed: fc.boolean(),
});
const period = fc
  .tuple(day, fc.integer({ min: 0, max: 25 }))
  .map(([from, n]) => ({ from, to: addDays(from, n) }));
/** Crews of 600 days: mostly there, sometimes full, sometimes never entered. */
const crewsOf = fc
  .array(
    fc.constantFrom<DayCapacity | null>(
      { stopsFree: 1, restoresFree: 1 },
      { stopsFree: 4, restoresFree: 2 },
      { stopsFree: 0, restoresFree: 1 },
      { stopsFree: 1, restoresFree: 0 },
      null,
    ),
    { minLength: 7, maxLength: 40 },
  )
  .map((pattern) =>
    Object.fromEntries(
      Array.from(
        { length: 600 },
        (_, i) => [addDays(base, i), pattern[i % pattern.length] ?? null] as const,
      ).filter((entry): entry is [CivilDate, DayCapacity] => entry[1] !== null),
    ),
  );
const weatherOf = fc.dictionary(day, fc.constantFrom<WeatherLevel>('none', 'yellow', 'orange', 'red'), {
  maxKeys: 40,
});

const factsOf: fc.Arbitrary<PlanFacts> = fc
  .record({
    today: day,
    minute: fc.integer({ min: 0, max: 1439 }),
    bills: fc.array(billOf, { maxLength: 5 }),
    shields: fc.array(period, { maxLength: 4 }),
    weather: weatherOf,
    capacity: crewsOf,
    yellowDaysAgo: fc.option(fc.integer({ min: 0, max: 60 })),
    customerClass: fc.constantFrom<'resident' | 'non-resident'>('resident', 'non-resident'),
    slot: fc.nat(),
    isPublished: fc.boolean(),
  })
  .map(({ today, minute, yellowDaysAgo, isPublished, ...rest }) => ({
    ...rest,
    todayMs: epochMsOf(today, minute),
    calendar: isPublished ? calendar : { years: {}, statutory: calendar.statutory },
    yellowServedOn: yellowDaysAgo === null ? null : addDays(today, -yellowDaysAgo),
  }));

/** A softer policy than the law allows, as a bug or an attack would have it: L2.30 must hold all the same. */
const policyOf: fc.Arbitrary<Policy> = fc
  .record({
    stopAfterDueDays: fc.integer({ min: 0, max: 45 }),
    minimumDebtFen: fc.integer({ min: 1, max: 20_000 }),
  })
  .map((over) => ({ ...policy, ...over }));

/** Asserts the law on every candidate of every plan that comes out; and that plans do come out. */
function everyPlan(
  check: (
    plan: Extract<ReturnType<typeof chooseStopPlan>, { kind: 'planned' }>,
    facts: PlanFacts,
    used: Policy,
  ) => void,
): void {
  let plans = 0;
  forAll(
    [factsOf, policyOf],
    (facts, used) => {
      const plan = chooseStopPlan(facts, used);
      if (plan.kind === 'none') return;
      plans += 1;
      check(plan, facts, used);
    },
    400,
  );
  expect(plans).toBeGreaterThan(20);
}

describe('no sequence of days off, shields, weather, full crews and short notice leads to', () => {
  test('L2.30: a stop before due date + 32, for anything but undisputed electricity, or below the minimum debt', () =>
    everyPlan((plan, facts, used) => {
      const first = plan.candidates[0];
      for (const named of plan.namedBills) {
        const bill = facts.bills.find(({ billId }) => billId === named.billId);
        expect(bill).toMatchObject({ service: 'electricity', disputed: false, openFen: named.openFen });
        for (const { stopDate } of plan.candidates)
          expect(daysBetween(named.dueDate, stopDate)).toBeGreaterThanOrEqual(32);
      }
      const sum = plan.namedBills.reduce((fen, { openFen }) => fen + openFen, 0);
      expect(plan.namedPrincipalFen).toBe(sum);
      expect(sum).toBeGreaterThanOrEqual(used.minimumDebtFen);
      expect(first).toBeDefined();
    }));

  test('T2.2, L2.ntc: less than seven days between service and stop, or service before approval', () =>
    everyPlan((plan, facts, used) => {
      const today = civilDateAt(facts.todayMs);
      expect(plan.approvalDate >= today).toBe(true);
      for (const { serviceDate, stopDate } of plan.candidates) {
        expect(daysBetween(serviceDate, stopDate)).toBe(7);
        expect(daysBetween(plan.approvalDate, serviceDate)).toBeGreaterThanOrEqual(used.approvalDays);
      }
      const dates = plan.candidates.map(({ stopDate }) => stopDate);
      expect(dates).toEqual([...new Set(dates)].toSorted());
      expect(dates.length).toBeLessThanOrEqual(3);
    }));

  test('T2.1: approval before the yellow period is over', () =>
    everyPlan((plan, facts, used) => {
      const served = facts.yellowServedOn ?? plan.yellowDueDate;
      expect(served).not.toBeNull();
      expect(daysBetween(served ?? base, plan.approvalDate)).toBeGreaterThan(used.yellowPeriodDays);
      expect(plan.yellowDueDate === null).toBe(facts.yellowServedOn !== null);
    }));

  test('L8, L10: a stop, its eve, its service or its last day to pay on a day off, or outside the window', () =>
    everyPlan((plan, facts) => {
      for (const { serviceDate, stopDate, ticketDate, lastPaymentDate, startMinute } of plan.candidates) {
        for (const date of [serviceDate, stopDate, ticketDate, lastPaymentDate, addDays(stopDate, 1)])
          expect(workingDay(date, facts.calendar)).toBe('working');
        expect(lastPaymentDate < stopDate).toBe(true);
        expect([2, 3, 4]).toContain(weekdayOf(stopDate));
        expect(stopDate.slice(5) >= '06-07' && stopDate.slice(5) <= '06-10').toBe(false);
        expect(startMinute).toBeGreaterThanOrEqual(540);
        expect(startMinute + plan.intervalMinutes).toBeLessThanOrEqual(900);
      }
    }));

  test('L10, T3.3: a stop under a shield or a warning, without a crew, or without a way back', () =>
    everyPlan((plan, facts) => {
      for (const { stopDate } of plan.candidates) {
        expect(facts.shields.some(({ from, to }) => from <= stopDate && stopDate <= to)).toBe(false);
        expect(['orange', 'red']).not.toContain(facts.weather[stopDate]);
        expect(facts.capacity[stopDate]?.stopsFree).toBeGreaterThan(0);
        expect(facts.capacity[stopDate]?.restoresFree).toBeGreaterThan(0);
        expect(facts.capacity[addDays(stopDate, 1)]?.restoresFree).toBeGreaterThan(0);
      }
    }));

  test('T2.3, T2.4, T2.6: a ticket, call or check out of order, or a call at night', () =>
    everyPlan((plan, facts, used) => {
      for (const { stopDate, startMinute } of plan.candidates) {
        const stopAtMs = epochMsOf(stopDate, startMinute);
        const times = lastDayTimes(
          {
            stopAtMs,
            intervalMinutes: plan.intervalMinutes,
            customerClass: facts.customerClass,
            slot: facts.slot ?? 0,
          },
          used,
        );
        const inOrder = [
          times.ticketAtMs,
          times.firstCallAtMs,
          times.secondCallAtMs,
          times.smsAtMs,
          times.lastCheckAtMs,
          stopAtMs,
          times.endsAtMs,
        ];
        expect(inOrder).toEqual([...inOrder].toSorted((a, b) => a - b));
        const noticeMinutes = facts.customerClass === 'resident' ? 30 : 60;
        expect(stopAtMs - times.smsAtMs).toBeGreaterThanOrEqual(noticeMinutes * 60_000);
        expect(times.firstCallAtMs).toBeGreaterThanOrEqual(epochMsOf(stopDate, used.dunningHours.fromMinute));
        expect(civilDateAt(times.ticketAtMs)).toBe(addDays(stopDate, -1));
      }
    }));
});
