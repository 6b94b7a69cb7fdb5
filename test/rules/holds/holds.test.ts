import { describe, expect, it } from 'vitest';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf, shanghaiText } from '../../../rules/calendar/shanghai-time.ts';
import type { Calendar } from '../../../rules/calendar/working-day.ts';
import { HOLD_KINDS } from '../../../rules/holds/hold-kind.ts';
import { holdUntil } from '../../../rules/holds/hold-until.ts';
import { isHolding } from '../../../rules/holds/is-holding.ts';
import { partPaymentHolds } from '../../../rules/holds/part-payment-holds.ts';
import { endsHold } from '../../../rules/holds/what-ends-a-hold.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import { fc, forAll } from '../../support/property.ts';

const policy = defaultPolicy(civilDate('2026-11-01'));
const calendar: Calendar = {
  years: {
    '2026': { source: 'test', offDays: [civilDate('2026-11-18')], workdays: [civilDate('2026-11-21')] },
    '2027': { source: 'test', offDays: [], workdays: [] },
  },
  statutory: [civilDate('2026-01-01'), civilDate('2027-01-01')],
};
const at = (text: string, minute = 600): number => epochMsOf(civilDate(text), minute);
const text = (ms: number | null): string => (ms === null ? 'open' : shanghaiText(ms));

describe('holdUntil', () => {
  it.each([
    ['on a Monday: to the end of Thursday', '2026-11-09', '2026-11-13 00:00'],
    ['on a Friday: to the end of Wednesday, past the weekend', '2026-11-06', '2026-11-12 00:00'],
    ['before a holiday and a made-up Saturday', '2026-11-17', '2026-11-22 00:00'],
  ])('T1.2: a part payment holds three working days, %s', (_, day, until) => {
    expect(text(holdUntil({ kind: 'part-payment', sinceMs: at(day) }, policy, calendar).untilMs)).toBe(until);
  });
  it('L5: a dispute about a stop is decided in three working days, about a bill in five; it holds until then', () => {
    const stop = holdUntil({ kind: 'dispute', sinceMs: at('2026-11-09'), about: 'stop' }, policy, calendar);
    const billing = holdUntil(
      { kind: 'dispute', sinceMs: at('2026-11-09'), about: 'billing' },
      policy,
      calendar,
    );
    expect([stop.untilMs, text(stop.decisionDueMs)]).toEqual([null, '2026-11-13 00:00']);
    expect([billing.untilMs, text(billing.decisionDueMs)]).toEqual([null, '2026-11-17 00:00']);
  });
  it('R3: a deferral lasts as long as was agreed, a guarantee until a fact ends it', () => {
    const agreedUntilMs = at('2026-12-31');
    expect(holdUntil({ kind: 'deferral', sinceMs: 0, agreedUntilMs }, policy, calendar).untilMs).toBe(
      agreedUntilMs,
    );
    expect(holdUntil({ kind: 'guarantee', sinceMs: 0 }, policy, calendar).untilMs).toBeNull();
  });
  it('L8: in a year nobody has published a hold lasts longer and a decision is due sooner, never the reverse', () => {
    const unpublished: Calendar = { years: {}, statutory: calendar.statutory };
    forAll([fc.integer({ min: 0, max: 120 })], (days) => {
      const sinceMs = at('2026-08-03') + days * 86_400_000;
      const held = holdUntil({ kind: 'part-payment', sinceMs }, policy, unpublished).untilMs ?? Infinity;
      const knownHeld = holdUntil({ kind: 'part-payment', sinceMs }, policy, calendar).untilMs ?? Infinity;
      // The published year has one extra day off and one made-up Saturday; both lie far from a legal holiday.
      expect(days < 80 && held < knownHeld).toBe(false);
      expect(held).toBeGreaterThan(sinceMs + 2 * 86_400_000);
    });
  });
});

describe('isHolding', () => {
  it.each([
    ['open-ended', { untilMs: null, endedAtMs: null }, true],
    ['a moment before its end', { untilMs: 101, endedAtMs: null }, true],
    ['at its end', { untilMs: 100, endedAtMs: null }, false],
    ['ended by a fact', { untilMs: null, endedAtMs: 50 }, false],
  ])('T1.2: %s', (_, hold, expected) => {
    expect(isHolding({ kind: 'plan', ...hold }, 100)).toBe(expected);
  });
});

describe('partPaymentHolds', () => {
  it.each([
    ['a part', { amountFen: 100, openAfterFen: 900, hasOpenCase: true }, true],
    ['everything', { amountFen: 1000, openAfterFen: 0, hasOpenCase: true }, false],
    ['without a case', { amountFen: 100, openAfterFen: 900, hasOpenCase: false }, false],
  ])('T1.2: %s', (_, payment, expected) => {
    expect(partPaymentHolds(payment)).toBe(expected);
  });
});

describe('endsHold', () => {
  it('L10: money lifts no order of an authority; L11: nor a protection', () => {
    expect(endsHold('authority-order', 'paid')).toBe(false);
    expect(endsHold('protection', 'paid')).toBe(false);
    expect(endsHold('part-payment', 'paid')).toBe(true);
  });
  it('L5: only a decision ends a dispute', () => {
    expect(endsHold('dispute', 'paid')).toBe(false);
    expect(endsHold('dispute', 'dispute-rejected')).toBe(true);
  });
  it.each(HOLD_KINDS)('%s can be ended by something', (kind) => {
    const endings = [
      'paid',
      'plan-broken',
      'dispute-rejected',
      'order-lifted',
      'claim-checked',
      'withdrawn-by-person',
    ];
    expect(endings.some((ending) => endsHold(kind, ending as Parameters<typeof endsHold>[1]))).toBe(true);
  });
});
