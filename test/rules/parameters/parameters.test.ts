import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { checkPolicy } from '../../../rules/parameters/check-policy.ts';
import { datedTable } from '../../../rules/parameters/dated-table.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import { LAW_TABLES, lawAt } from '../../../rules/parameters/law.ts';
import type { Policy } from '../../../rules/parameters/policy.ts';

const today = civilDate('2026-11-24');
const policy = defaultPolicy(today);
const line = (from: string, to: string | null, value = 1) => ({
  from: civilDate(from),
  to: to === null ? null : civilDate(to),
  value,
  clause: 'L4',
  source: 'a test',
});

describe('dated tables', () => {
  test('a day finds the line that holds on it, and an uncovered day is an error', () => {
    const table = datedTable('x', [line('2024-01-01', '2024-12-31', 1), line('2025-01-01', null, 2)]);
    expect(table(civilDate('2024-12-31')).value).toBe(1);
    expect(table(civilDate('2025-01-01')).value).toBe(2);
    expect(() => table(civilDate('2023-12-31'))).toThrow(/nothing is known for 2023-12-31/);
    const ended = datedTable('x', [line('2024-01-01', '2024-12-31')]);
    expect(() => ended(civilDate('2025-01-01'))).toThrow(RangeError);
  });
  test.each([
    ['has no line', []],
    ['gap', [line('2024-01-01', '2024-12-30'), line('2025-01-01', null)]],
    ['overlap', [line('2024-01-01', '2025-01-01'), line('2025-01-01', null)]],
    ['overlap', [line('2024-01-01', null), line('2025-01-01', null)]],
    ['out of order', [line('2025-01-01', '2025-12-31'), line('2024-01-01', null)]],
    ['ends before it begins', [line('2024-01-02', '2024-01-01')]],
    ['no clause or source', [{ ...line('2024-01-01', null), source: '' }]],
  ])('%s is found when the table is made', (fault, lines) =>
    expect(() => datedTable('x', lines)).toThrow(new RegExp(fault)),
  );
});

describe('the law by date', () => {
  test('L2.30, T2.2, L2.pre, L3, L5: the numbers of today', () => {
    expect(lawAt(today)).toMatchObject({
      stopAfterDueDays: 32,
      noticeDays: 7,
      secondNoticeMinutes: 30,
      restoreHours: 24,
      stopDisputeWorkingDays: 3,
      billingDisputeWorkingDays: 5,
    });
  });
  test('L4: the minimum of ¥1 ends with the rules of 1996', () => {
    expect(LAW_TABLES.minimumLateFeeFen(civilDate('2024-05-31')).value).toBe(100);
    expect(LAW_TABLES.minimumLateFeeFen(civilDate('2024-06-01')).value).toBe(0);
  });
  test('T1.1: a day before the rules is an error, and every line names its source', () => {
    expect(() => lawAt(civilDate('1996-10-07'))).toThrow(RangeError);
    for (const table of Object.values(LAW_TABLES)) expect(table(today).source).not.toBe('');
  });
});

describe('a policy is never softer than the law', () => {
  const codes = (over: Partial<Policy>) =>
    checkPolicy({ ...policy, ...over }, today).map(({ code, clause }) => `${clause} ${code}`);

  test('the defaults are sound', () => expect(checkPolicy(policy, today)).toEqual([]));

  test.each<[string, Partial<Policy>, string]>([
    ['L2.30', { stopAfterDueDays: 31 }, 'L2.30 policy-below'],
    ['T2.2', { noticeDays: 6 }, 'T2.2 policy-below'],
    ['L2.pre', { secondNoticeMinutes: { resident: 29, nonResident: 60 } }, 'L2.pre policy-below'],
    ['L3', { restoreHours: 25 }, 'L3 policy-above'],
    ['L3', { restorePromiseHours: 25 }, 'L3 policy-above'],
    ['L5', { stopDisputeWorkingDays: 4 }, 'L5 policy-above'],
    ['L5', { billingDisputeWorkingDays: 6 }, 'L5 policy-above'],
    ['T2.6', { factsFreshSeconds: 61 }, 'T2.6 policy-above'],
    ['T2.6', { permitLifeMinutes: 11 }, 'T2.6 policy-above'],
    ['T3.4', { approvalMatrix: { ...policy.approvalMatrix, resident: [] } }, 'T3.4 policy-no-approver'],
    ['T2.2', { stopWindow: { ...policy.stopWindow, weekdays: [6] } }, 'T2.2 policy-weekdays'],
    ['L3', { escalationHours: [8, 2] }, 'L3 policy-escalation-hours'],
    ['T2.0', { minimumDebtFen: 0.5 }, 'T2.0 policy-not-a-whole-number'],
    ['T2.4', { smsLeadMinutes: 29 }, 'T2.4 policy-below'],
  ])('%s: %o is refused', (_clause, over, reason) => expect(codes(over)).toContain(reason));

  test.each<Partial<Policy>>([
    { stopAfterDueDays: 33 },
    { noticeDays: 8 },
    { restoreHours: 21, restorePromiseHours: 6 },
    { secondNoticeMinutes: { resident: 60, nonResident: 60 } },
  ])('%o is stricter and stands', (over) => expect(codes(over)).toEqual([]));
});
