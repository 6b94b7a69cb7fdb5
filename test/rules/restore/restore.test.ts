import { describe, expect, it } from 'vitest';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf, shanghaiText } from '../../../rules/calendar/shanghai-time.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import { isMissExplained } from '../../../rules/restore/is-miss-explained.ts';
import { isRestorationOwed, type RestorationFacts } from '../../../rules/restore/is-restoration-owed.ts';
import { isSupplyProven } from '../../../rules/restore/is-supply-proven.ts';
import { restorationCauseMs, restorationDeadline } from '../../../rules/restore/restoration-deadline.ts';
import { restorationRungRole } from '../../../rules/restore/who-is-told-late.ts';
import { fc, forAll } from '../../support/property.ts';

const HOUR_MS = 3_600_000;
const policy = defaultPolicy(civilDate('2026-11-01'));

const stop = (over: Partial<RestorationFacts> = {}): RestorationFacts => ({
  isInForce: true,
  classification: 'lawful',
  namedOpenFen: 20_000,
  printedSumFen: 21_000,
  paidSinceFen: 0,
  hasGuarantee: false,
  hasPlan: false,
  isOrdered: false,
  isDisputeUpheld: false,
  isDanger: false,
  isMovedOut: false,
  isShielded: false,
  ...over,
});

describe('isRestorationOwed', () => {
  it.each<[string, Partial<RestorationFacts>, string[]]>([
    ['nothing has happened', {}, []],
    ['the debt that caused it is paid', { namedOpenFen: 0 }, ['paid']],
    ['one fen of it is open', { namedOpenFen: 1 }, []],
    ['the printed sum is paid, whatever it was booked on', { paidSinceFen: 21_000 }, ['paid']],
    ['a fen less than printed', { paidSinceFen: 20_999 }, []],
    ['doubt about the debt', { namedOpenFen: null }, ['paid']],
    ['a guarantee', { hasGuarantee: true }, ['guarantee']],
    ['a payment plan', { hasPlan: true }, ['plan']],
    ['an order of an authority', { isOrdered: true }, ['authority-order']],
    ['a dispute upheld', { isDisputeUpheld: true }, ['dispute-upheld']],
    ['danger to health', { isDanger: true }, ['danger']],
    ['a wrongful stop', { classification: 'wrongful' }, ['wrongful-stop']],
    ['a race', { classification: 'race' }, ['wrongful-stop']],
    ['moved out', { isMovedOut: true }, ['moved-out']],
    ['a shield', { isShielded: true }, ['shield']],
    ['supply is on already', { isInForce: false, namedOpenFen: 0, isDanger: true }, []],
    ['several at once', { namedOpenFen: 0, isDanger: true }, ['paid', 'danger']],
  ])('L3: %s', (_, over, kinds) => {
    expect(isRestorationOwed(stop(over))).toEqual(kinds);
  });
  it('T3.2: every cleared stop is owed its light, exactly the suspended ones', () => {
    forAll([fc.integer({ min: 0, max: 30_000 }), fc.boolean()], (namedOpenFen, isInForce) => {
      const kinds = isRestorationOwed(stop({ namedOpenFen, isInForce }));
      expect(kinds.length > 0).toBe(isInForce && namedOpenFen === 0);
    });
  });
});

describe('restorationDeadline', () => {
  const paidAtMs = epochMsOf(civilDate('2026-11-13'), 22 * 60);
  const times = restorationDeadline({ causeAtMs: paidAtMs, policy });
  it('L3: 24 hours from the payment’s own time, also over a weekend; 12 hours as a promise', () => {
    expect(shanghaiText(times.deadlineMs)).toBe('2026-11-14 22:00');
    expect(shanghaiText(times.promiseMs)).toBe('2026-11-14 10:00');
  });
  it('T3.3: told at 2, 8 and 20 hours; a miss has until the end of the next day', () => {
    expect(times.escalationsMs.map((ms) => (ms - paidAtMs) / HOUR_MS)).toEqual([2, 8, 20]);
    expect(shanghaiText(times.missDeadlineMs)).toBe('2026-11-16 00:00');
  });
  it('L3: a policy may promise sooner, never later than the law', () => {
    const slow = restorationDeadline({ causeAtMs: paidAtMs, policy: { ...policy, restoreHours: 72 } });
    expect(slow.deadlineMs).toBe(paidAtMs + 24 * HOUR_MS);
    const fast = restorationDeadline({
      causeAtMs: paidAtMs,
      policy: { ...policy, restoreHours: 6, restorePromiseHours: 12 },
    });
    expect(fast.deadlineMs).toBe(paidAtMs + 6 * HOUR_MS);
    expect(fast.promiseMs).toBe(fast.deadlineMs);
  });
  it('T3.3: each clock comes before the next', () => {
    forAll([fc.integer({ min: 0, max: 10_000 })], (hours) => {
      const causeAtMs = paidAtMs + hours * HOUR_MS;
      const t = restorationDeadline({ causeAtMs, policy });
      const order = [causeAtMs, ...t.escalationsMs, t.deadlineMs, t.missDeadlineMs];
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(t.promiseMs).toBeLessThanOrEqual(t.deadlineMs);
    });
  });
});

describe('restorationCauseMs', () => {
  it('L3: the earliest trigger counts, and never before supply was off', () => {
    expect(restorationCauseMs({ stoppedAtMs: 100, triggersAtMs: [300, 200], nowMs: 400 })).toBe(200);
    expect(restorationCauseMs({ stoppedAtMs: 100, triggersAtMs: [50], nowMs: 400 })).toBe(100);
    expect(restorationCauseMs({ stoppedAtMs: 100, triggersAtMs: [900], nowMs: 400 })).toBe(400);
    expect(() => restorationCauseMs({ stoppedAtMs: 100, triggersAtMs: [], nowMs: 400 })).toThrow(RangeError);
  });
});

describe('isSupplyProven', () => {
  it.each([
    [{ kind: 'voltage', voltagePresent: true }, 'permitted'],
    [{ kind: 'voltage', voltagePresent: false }, 'refused'],
    [{ kind: 'customer', saysLightIsOn: true }, 'permitted'],
    [{ kind: 'customer', saysLightIsOn: false }, 'refused'],
    [{ kind: 'switch', relayClosed: true }, 'undetermined'],
    [{ kind: 'switch', relayClosed: false }, 'refused'],
  ] as const)('T3.3: %j is %s', (proof, outcome) => {
    expect(isSupplyProven(proof).outcome).toBe(outcome);
  });
});

describe('isMissExplained', () => {
  it('T3.3: with a reason, to the customer and to the leader', () => {
    expect(isMissExplained({ reason: '山洪断路', customerToldAtMs: 1, leaderToldAtMs: 2 }).outcome).toBe(
      'permitted',
    );
    expect(isMissExplained({ reason: ' ', customerToldAtMs: null, leaderToldAtMs: null })).toMatchObject({
      reasons: [
        { code: 'miss-without-reason' },
        { code: 'miss-customer-not-told' },
        { code: 'miss-leader-not-told' },
      ],
    });
  });
});

describe('restorationRungRole', () => {
  it('T3.3: climbs from the team leader and stays at the top', () => {
    expect([1, 2, 3, 4, 5, 6].map(restorationRungRole)).toEqual([
      'team-leader',
      'station-head',
      'marketing-manager',
      'company-head',
      'company-president',
      'company-president',
    ]);
  });
});
