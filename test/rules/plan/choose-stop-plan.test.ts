import { describe, expect, test } from 'vitest';
import { addDays, civilDate, daysBetween, weekdayOf } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { chooseStopPlan, type PlannedStop } from '../../../rules/plan/choose-stop-plan.ts';
import type { PlanFacts } from '../../../rules/plan/facts.ts';
import { earliestStopDate, mayBillCauseStop } from '../../../rules/plan/is-overdue-long-enough.ts';
import { startMinuteOf } from '../../../rules/plan/start-minute.ts';
import { PLAN_REASON_TEXTS } from '../../../rules/reasons/plan-reasons.ts';
import { bill, crews, facts, policy } from './support.ts';

function planned(over: Partial<PlanFacts> = {}): PlannedStop {
  const plan = chooseStopPlan(facts(over), policy);
  if (plan.kind !== 'planned') throw new Error(`not planned: ${JSON.stringify(plan.reasons)}`);
  return plan;
}
function refused(over: Partial<PlanFacts>): { codes: string[]; tryAgainDate: string } {
  const plan = chooseStopPlan(facts(over), policy);
  if (plan.kind !== 'none') throw new Error('planned');
  const codes = plan.reasons.map(({ code }) => code);
  for (const code of codes) expect(PLAN_REASON_TEXTS).toHaveProperty([code]);
  return { codes, tryAgainDate: plan.tryAgainDate };
}

describe('L2.30: more than 30 days overdue', () => {
  test.each([
    ['2026-07-02', false],
    ['2026-07-03', true],
    ['2026-07-04', true],
  ])('due 1 June, stop %s: %s', (stop, answer) =>
    expect(mayBillCauseStop(bill(), civilDate(stop), policy)).toBe(answer),
  );
  test.each([
    ['water', { service: 'water' as const }],
    ['another service', { service: 'other' as const }],
    ['a disputed bill', { disputed: true }],
    ['a paid bill', { openFen: 0 }],
  ])('L2.30: %s is never a ground', (_name, over) =>
    expect(mayBillCauseStop(bill(over), civilDate('2027-01-01'), policy)).toBe(false),
  );
  test('L2.30: a debt from the years of other rules is judged too', () =>
    expect(earliestStopDate(civilDate('2019-12-01'), policy)).toBe('2020-01-02'));
  test('L2.30: a policy makes it later, never earlier', () => {
    const due = civilDate('2026-06-01');
    expect(earliestStopDate(due, { stopAfterDueDays: 40 })).toBe('2026-07-11');
    expect(earliestStopDate(due, { stopAfterDueDays: 5 })).toBe('2026-07-03');
  });
});

describe('the stop day first, everything backwards from it', () => {
  test('T2.1, T2.2, T2.3: yellow, approval, three days of service, each with its own stop', () => {
    const plan = planned();
    // Three working days to serve the yellow notice: 6 July; seven days to pay: 13 July.
    expect(plan.yellowDueDate).toBe('2026-07-06');
    expect(plan.approvalDate).toBe('2026-07-14');
    expect(plan.candidates).toEqual([
      {
        serviceDate: '2026-07-21',
        stopDate: '2026-07-28',
        startMinute: 540,
        ticketDate: '2026-07-27',
        lastPaymentDate: '2026-07-27',
      },
      {
        serviceDate: '2026-07-22',
        stopDate: '2026-07-29',
        startMinute: 540,
        ticketDate: '2026-07-28',
        lastPaymentDate: '2026-07-28',
      },
      {
        serviceDate: '2026-07-23',
        stopDate: '2026-07-30',
        startMinute: 540,
        ticketDate: '2026-07-29',
        lastPaymentDate: '2026-07-29',
      },
    ]);
    expect(plan).toMatchObject({ namedPrincipalFen: 20_000, intervalMinutes: 60 });
  });

  test('T2.1: a yellow notice that was served stands; its period is not cut short', () => {
    expect(planned({ yellowServedOn: civilDate('2026-06-20') })).toMatchObject({
      yellowDueDate: null,
      approvalDate: '2026-07-01',
    });
    expect(planned({ yellowServedOn: civilDate('2026-06-30') }).approvalDate).toBe('2026-07-08');
    // The last day to pay, 4 July, is a Saturday: it moves to Monday (L8).
    expect(planned({ yellowServedOn: civilDate('2026-06-27') }).approvalDate).toBe('2026-07-07');
  });

  test('L2.30: the stop waits for the debt', () => {
    const [first] = planned({ bills: [bill({ dueDate: civilDate('2026-07-05') })] }).candidates;
    // 5 July + 32 days is Thursday 6 August.
    expect(first?.stopDate).toBe('2026-08-06');
    const [next] = planned({ bills: [bill({ dueDate: civilDate('2026-07-06') })] }).candidates;
    expect(next?.stopDate).toBe('2026-08-11');
  });

  test('L2.30: only what may lead to a stop on the first candidate day is named', () => {
    const bills = [
      bill(),
      bill({ billId: 'at-28-july', dueDate: civilDate('2026-06-26'), openFen: 100 }),
      bill({ billId: 'at-29-july', dueDate: civilDate('2026-06-27'), openFen: 100 }),
      bill({ billId: 'water', service: 'water' }),
      bill({ billId: 'disputed', disputed: true }),
    ];
    const plan = planned({ bills });
    expect(plan.namedBills.map(({ billId }) => billId)).toEqual(['bill-1', 'at-28-july']);
    expect(plan.namedPrincipalFen).toBe(20_100);
  });

  test('mistake on record: below the minimum debt nobody is stopped, and water does not make up for it', () => {
    const small = bill({ openFen: policy.minimumDebtFen - 1 });
    expect(refused({ bills: [small, bill({ billId: 'w', service: 'water' })] }).codes).toEqual([
      'no-bill-may-cause-stop',
    ]);
    const later = bill({ billId: 'later', openFen: 1, dueDate: civilDate('2026-07-20') });
    expect(planned({ bills: [small, later] }).candidates[0]?.stopDate).toBe('2026-08-25');
    expect(refused({ bills: [] })).toEqual({ codes: ['no-bill-may-cause-stop'], tryAgainDate: '2026-07-08' });
  });

  test('T3.3: days without crews to bring supply back are passed over', () => {
    const capacity = {
      ...crews(civilDate('2026-07-01'), 60),
      '2026-07-29': { stopsFree: 5, restoresFree: 0 },
    };
    expect(planned({ capacity }).candidates.map(({ stopDate }) => stopDate)).toEqual([
      '2026-07-30',
      '2026-08-04',
      '2026-08-05',
    ]);
    expect(refused({ capacity: {} })).toEqual({
      codes: expect.arrayContaining(['no-stop-day', 'capacity-unknown']) as string[],
      tryAgainDate: '2026-07-02',
    });
  });

  test('fewer days than asked for are a plan too; none is none', () => {
    const shields = [{ from: civilDate('2026-07-29'), to: civilDate('2026-08-20') }];
    expect(planned({ shields }).candidates).toHaveLength(1);
    const codes = refused({
      shields: [{ from: civilDate('2026-07-01'), to: civilDate('2027-07-01') }],
    }).codes;
    expect(codes).toEqual(expect.arrayContaining(['no-stop-day', 'shielded']));
  });

  test('across a new year that is not published no day is guessed', () => {
    const todayMs = epochMsOf(civilDate('2026-12-01'), 600);
    const plan = planned({ todayMs, capacity: crews(civilDate('2026-12-01'), 150) });
    expect(plan.candidates.map(({ stopDate }) => stopDate)).toEqual([
      '2027-01-19',
      '2027-01-20',
      '2027-01-21',
    ]);
  });
});

describe('T2.4, L2.pre: the start of the interval', () => {
  test.each([
    ['resident', 0, 540],
    ['resident', 20, 840],
    ['resident', 21, 540],
    // The first call, 75 minutes before, must not ring before 08:00.
    ['non-resident', 0, 555],
    ['non-resident', 19, 840],
    ['non-resident', 20, 555],
  ] as const)('%s, slot %i: minute %i', (customerClass, slot, minute) =>
    expect(startMinuteOf(policy, customerClass, slot)).toBe(minute),
  );
  test('no start fits a window that is too short', () => {
    const stopWindow = { ...policy.stopWindow, untilMinute: 590 };
    expect(startMinuteOf({ ...policy, stopWindow }, 'resident', 0)).toBeUndefined();
  });
});

test('a plan is made of working weekdays only', () => {
  for (const { stopDate, serviceDate } of planned().candidates) {
    expect([2, 3, 4]).toContain(weekdayOf(stopDate));
    expect(daysBetween(serviceDate, stopDate)).toBe(7);
    expect(addDays(serviceDate, 7)).toBe(stopDate);
  }
});
