import { describe, expect, it } from 'vitest';
import { addDays, civilDate, daysBetween } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { HOLD_KINDS } from '../../../rules/holds/hold-kind.ts';
import { STOP_STAGES, type StopFacts } from '../../../rules/stop/facts.ts';
import { isNamedDebtCleared } from '../../../rules/stop/is-named-debt-cleared.ts';
import { mayStop } from '../../../rules/stop/may-stop.ts';
import { fc, forAll } from '../../support/property.ts';
import {
  calendar,
  dayMs,
  lawfulStop,
  MINUTE_MS,
  STOP_AT_MS,
  STOP_DATE,
  TICKET_DATE,
} from './support/lawful-stop.ts';

const base = lawfulStop();
const near = (centreMs: number, spanMinutes: number) =>
  fc.integer({ min: -spanMinutes, max: spanMinutes }).map((minutes) => centreMs + minutes * MINUTE_MS);

/** Facts of every kind around a lawful stop: most draws leave a fact as it should be, so that permission is not rare. */
const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 15, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom<T>(...others) },
  );
const anyFacts: fc.Arbitrary<StopFacts> = fc
  .record({
    nowMs: fc.oneof(
      { weight: 12, arbitrary: near(STOP_AT_MS + 30 * MINUTE_MS, 28) },
      { weight: 1, arbitrary: near(STOP_AT_MS, 3000) },
    ),
    dueDate: fc.oneof(
      { weight: 12, arbitrary: fc.constant(addDays(STOP_DATE, -52)) },
      { weight: 1, arbitrary: fc.integer({ min: -60, max: 0 }).map((days) => addDays(STOP_DATE, days)) },
    ),
    openFen: mostly(20_000, 0, 4_999, 20_001),
    service: mostly<'electricity' | 'water' | 'other'>('electricity', 'water'),
    disputed: mostly(false, true),
    servedOnOffset: mostly(-7, -6, -8, -3),
    redStatus: mostly<'prepared' | 'served' | 'stale'>('served', 'prepared', 'stale'),
    approvalStatus: mostly<'pending' | 'approved' | 'refused' | 'expired' | 'void'>(
      'approved',
      'pending',
      'refused',
      'void',
    ),
    billingAgeSeconds: mostly<number | null>(3, null, 60, 61, 4000),
    inFlightFen: mostly(0, 1),
    paidSinceRedFen: mostly(0, 1, 21_000),
    protection: mostly<'none' | 'registered' | null>('none', 'registered', null),
    hold: mostly<(typeof HOLD_KINDS)[number] | null>(null, ...HOLD_KINDS),
    shielded: mostly(false, true),
    weather: mostly<StopFacts['weather']>(null, 'orange', 'red', 'blue'),
    contacts: mostly(1, 0),
    secondNoticeAtMs: mostly<number | null>(STOP_AT_MS - 40 * MINUTE_MS, null, STOP_AT_MS - 10 * MINUTE_MS),
    seenMeterNo: mostly('M-1', 'M-2'),
    inDoubt: mostly(false, true),
    ticketStatus: mostly<'dispatched' | 'recalled' | 'done'>('dispatched', 'recalled', 'done'),
    yellow: mostly<number | null>(dayMs('2026-10-12'), null, dayMs('2026-11-10')),
  })
  .map((d) =>
    lawfulStop('T-0', {
      nowMs: d.nowMs,
      bills: [
        { billId: 'B-1', service: d.service, openFen: d.openFen, dueDate: d.dueDate, disputed: d.disputed },
      ],
      red: base.red && {
        ...base.red,
        status: d.redStatus,
        servedAtMs: STOP_AT_MS + d.servedOnOffset * 86_400_000,
      },
      approval: base.approval && { ...base.approval, status: d.approvalStatus },
      billingAgeSeconds: d.billingAgeSeconds,
      inFlightFen: d.inFlightFen,
      paidSinceRedFen: d.paidSinceRedFen,
      protection: d.protection,
      holds: d.hold === null ? [] : [{ kind: d.hold, untilMs: null, endedAtMs: null }],
      stopShields: d.shielded ? [{ from: TICKET_DATE, to: STOP_DATE }] : [],
      weather: d.weather,
      contacts: d.contacts,
      secondNoticeAtMs: d.secondNoticeAtMs,
      onSite: { crewId: 'crew-1', seenMeterNo: d.seenMeterNo, inDoubt: d.inDoubt, identified: false },
      ticket: { status: d.ticketStatus, meterNo: 'M-1' },
      yellowServedAtMs: d.yellow,
    }),
  );

const isPermitted = (facts: StopFacts): boolean => mayStop(facts, 'T-0').outcome === 'permitted';

/** What must never happen (design: the list), each as an independent look at the raw facts. */
const NEVER: readonly (readonly [law: string, breaks: (facts: StopFacts) => boolean])[] = [
  ['L2.30: 30 days or fewer overdue', (f) => f.bills.some((b) => daysBetween(b.dueDate, STOP_DATE) < 32)],
  ['T2.2: inside the notice period', (f) => daysBetween(civilDateAt(f.red?.servedAtMs ?? 0), STOP_DATE) < 7],
  ['T2.2: a notice that was not served', (f) => f.red?.status !== 'served'],
  [
    'L2.pre: outside the notified time',
    (f) => f.nowMs < STOP_AT_MS || f.nowMs >= STOP_AT_MS + 60 * MINUTE_MS,
  ],
  ['T2.6: on facts older than a minute', (f) => f.billingAgeSeconds === null || f.billingAgeSeconds > 60],
  ['T2.6: with money paid or on its way', (f) => f.inFlightFen > 0 || f.paidSinceRedFen > 0],
  ['T2.8: of somebody who owes nothing', (f) => f.bills.every((b) => b.openFen === 0)],
  ['T3.4: without approval', (f) => f.approval?.status !== 'approved'],
  ['T3.4: for more principal than approved', (f) => f.bills.some((b) => b.openFen > 20_000)],
  ['T2.7: at the wrong meter', (f) => f.onSite?.seenMeterNo !== f.meterNo || f.onSite.inDoubt],
  ['T2.0: dunned less than twice', (f) => f.firstDunningServedAtMs === null || f.yellowServedAtMs === null],
  ['T2.4: not told once more in time', (f) => (f.secondNoticeAtMs ?? Infinity) > STOP_AT_MS - 30 * MINUTE_MS],
  ['L10: under a shield', (f) => f.stopShields.length > 0],
  ['L11: of a protected person', (f) => f.protection !== 'none'],
  [
    'L5: during a dispute',
    (f) => f.bills.some((b) => b.disputed) || f.holds.some((h) => h.kind === 'dispute'),
  ],
  ['T1.2: of somebody who has begun to pay', (f) => f.holds.length > 0],
  ['L2.30: for another service’s debt', (f) => f.bills.some((b) => b.service !== 'electricity')],
  ['T3.6: of somebody nobody ever reached', (f) => f.contacts === 0 && !f.seniorDecided],
];

describe('laws of the stop', () => {
  it('a lawful stop is not rare among the drawn ones, so that the laws mean something', () => {
    const drawn = fc.sample(anyFacts, { numRuns: 4000, seed: 7 }).filter(isPermitted).length;
    expect(drawn).toBeGreaterThan(400);
  });

  it.each(NEVER)('no stop %s', (_, breaks) => {
    forAll(
      [anyFacts],
      (facts) => {
        expect(breaks(facts) && isPermitted(facts)).toBe(false);
      },
      1500,
    );
  });

  it('T2.6: what is permitted at T-0 stands against no question of an earlier stage but its time', () => {
    forAll(
      [anyFacts],
      (facts) => {
        if (!isPermitted(facts)) return;
        for (const stage of STOP_STAGES.filter((one) => one !== 'T-0')) {
          const verdict = mayStop(facts, stage);
          const codes = verdict.outcome === 'permitted' ? [] : verdict.reasons.map((reason) => reason.code);
          expect(codes.filter((code) => code !== 'step-too-late' && code !== 'ticket-day-missed')).toEqual(
            [],
          );
        }
      },
      1500,
    );
  });

  it('T2.8: paying the printed sum clears, whatever was printed and however much grows later', () => {
    forAll(
      [fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 })],
      (printedSumFen, openFen) => {
        expect(isNamedDebtCleared({ openFen, printedSumFen, paidSinceFen: printedSumFen })).toBe(true);
        expect(isNamedDebtCleared({ openFen, printedSumFen, paidSinceFen: printedSumFen - 1 })).toBe(false);
        expect(isNamedDebtCleared({ openFen, printedSumFen: null, paidSinceFen: printedSumFen })).toBe(false);
        expect(isNamedDebtCleared({ openFen: 0, printedSumFen, paidSinceFen: 0 })).toBe(true);
      },
    );
  });
});

describe('mistakes on record', () => {
  it('L2.30: the earliest permitted day is computed right for every due date (6,700 notices, 263 cuts)', () => {
    const due = fc.integer({ min: 0, max: 365 }).map((days) => addDays(civilDate('2025-12-01'), days));
    forAll(
      [due],
      (dueDate) => {
        const bills = base.bills.map((bill) => ({ ...bill, dueDate }));
        const verdict = mayStop(lawfulStop('T-0', { bills }), 'T-0');
        const isEarly =
          verdict.outcome !== 'permitted' &&
          verdict.reasons.some((r) => r.code === 'not-overdue-long-enough');
        expect(isEarly).toBe(daysBetween(dueDate, STOP_DATE) < 32);
      },
      1000,
    );
  });
  it('L2.30: water arrears never come into the electricity account’s stop', () => {
    const water = {
      billId: 'W-1',
      service: 'water' as const,
      openFen: 500_000,
      dueDate: civilDate('2026-01-01'),
      disputed: false,
    };
    const small = base.bills.map((bill) => ({ ...bill, openFen: 4_999 }));
    const mixed = lawfulStop('T-0', { bills: [...small, water] });
    expect(mayStop(mixed, 'T-0')).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'below-minimum-debt' }],
    });
    const named = lawfulStop('T-0', { bills: [...base.bills, water], namedBillIds: ['B-1', 'W-1'] });
    expect(mayStop(named, 'T-0').outcome).toBe('refused');
  });
  it('T2.0: nobody is cut below the minimum debt, also when it was above when the case began', () => {
    for (const stage of STOP_STAGES) {
      const bills = base.bills.map((bill) => ({ ...bill, openFen: 4_999 }));
      expect(mayStop(lawfulStop(stage, { bills }), stage)).toMatchObject({
        reasons: [{ code: 'below-minimum-debt' }],
      });
    }
  });
  it('T2.0: after a gap no level is skipped, and two levels of one day are one', () => {
    const gap = { nowMs: STOP_AT_MS, yellowServedAtMs: null };
    expect(mayStop(lawfulStop('T-0', gap), 'T-0')).toMatchObject({
      reasons: [{ code: 'yellow-notice-not-served' }],
    });
    const sameDay = {
      firstDunningServedAtMs: dayMs('2026-10-12', 1),
      yellowServedAtMs: dayMs('2026-10-12', 1439),
    };
    expect(mayStop(lawfulStop('T-0', sameDay), 'T-0')).toMatchObject({
      reasons: [{ code: 'dunned-twice-in-one-day' }],
    });
  });
  it('T2.6: money that is on its way counts, whether or not somebody has reconciled the bank', () => {
    expect(mayStop(lawfulStop('T-30', { inFlightFen: 1 }), 'T-30').outcome).toBe('refused');
  });
  it('L2.ntc: a step missed by an outage slips; it is not made up for on the next day', () => {
    const nextDay = { nowMs: STOP_AT_MS + 86_400_000 };
    for (const stage of ['ticket', 'T-45', 'T-30', 'T-0'] as const)
      expect(mayStop(lawfulStop(stage, nextDay), stage).outcome).toBe('refused');
  });
  it('a year without its calendar is no permission', () => {
    const years = { '2027': calendar.years['2027'] ?? { source: '', offDays: [], workdays: [] } };
    const verdict = mayStop(lawfulStop('T-0', { calendar: { years, statutory: [] } }), 'T-0');
    expect(verdict.outcome).toBe('undetermined');
  });
});
