import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { statutoryDays } from '../../../db/calendar/statutory-days.ts';
import { civilDate, type CivilDate } from '../../../rules/calendar/civil-date.ts';
import { shapedPolicy, toneOf } from '../../../rules/credit/collection-shape.ts';
import { consequencesOf, type SupplyFacts } from '../../../rules/credit/consequences.ts';
import { defaultCreditPolicy } from '../../../rules/credit/default-policy.ts';
import { DRAW_CLASSES, drawClassOf, drawOf, winnersOf } from '../../../rules/credit/draw.ts';
import {
  dunningOrder,
  maintenanceOrder,
  rationingOrder,
  serviceOrder,
  type Candidate,
} from '../../../rules/credit/ordering.ts';
import { MEASURES_WITHOUT_BASIS } from '../../../rules/credit/policy.ts';
import { prepaymentFen } from '../../../rules/credit/prepayment.ts';
import { rightsOf } from '../../../rules/credit/rights.ts';
import {
  COLOURS,
  GRADES,
  SCORE_GRADES,
  type Grade,
  type Scheme,
  type Standing,
} from '../../../rules/credit/scheme.ts';
import { sha256Hex } from '../../../rules/credit/sha256.ts';
import { turnsOf } from '../../../rules/credit/when-due.ts';
import { checkPolicy } from '../../../rules/parameters/check-policy.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import { fc, forAll } from '../../support/property.ts';

const today = civilDate('2026-11-30');
const policy = defaultCreditPolicy(today);
const low: SupplyFacts = { category: 'resident', capacityKva: null };
const high = { category: 'dedicated-transformer', capacityKva: 315 };
const calendar = {
  years: {
    '2026': { source: 't', offDays: [] as CivilDate[], workdays: [] as CivilDate[] },
    '2027': { source: 't', offDays: statutoryDays(2027), workdays: [] },
  },
  statutory: [...statutoryDays(2026), ...statutoryDays(2027)],
};
const kinds = (scheme: Scheme, value: Standing, supply = low, with_ = policy) =>
  consequencesOf(scheme, value, supply, with_).map(({ kind }) => kind);

describe('what a grade brings', () => {
  test('G3.A, G3.B, G3.C, G3.D: each grade its own, by kind of supply', () => {
    expect(kinds('grade', 'A')).toEqual([
      ...[
        'free-diagnosis',
        'queue-priority',
        'yearly-inspection',
        'rationed-last',
        'repair-priority',
        'training',
        'outage-sms',
      ],
    ]);
    expect(kinds('grade', 'B')).toContain('prepaid-meter-offer');
    expect(kinds('grade', 'B', high)).toContain('prepayment-proposal');
    expect(kinds('grade', 'C', high)).toEqual(['grade-told', 'prepayment-proposal', 'close-inspection']);
    expect(kinds('grade', 'D')).toEqual(['grade-told', 'prepaid-meter-offer', 'monthly-inspection']);
  });

  test('G3.B, G3.C, R5: ¥100 for each kVA, half of it for B', () => {
    const ask = (grade: Exclude<Grade, 'A'>) => prepaymentFen(315, grade, policy.consequences);
    expect([ask('B'), ask('C'), ask('D')]).toEqual([1_575_000, 3_150_000, 3_150_000]);
  });

  test('L1, L6: what has no legal basis is off, in every grade of every scheme', () => {
    const all: readonly (readonly [Scheme, readonly Standing[]])[] = [
      ['grade', GRADES],
      ['score', SCORE_GRADES],
      ['colour', COLOURS],
    ];
    const given = all.flatMap(([scheme, values]) => values.flatMap((value) => kinds(scheme, value, high)));
    expect(given.filter((kind) => (MEASURES_WITHOUT_BASIS as readonly string[]).includes(kind))).toEqual([]);
    const on = { ...policy, enabled: ['publication', 'limit-business'] as const };
    expect(kinds('grade', 'D', low, on)).toContain('publication');
    expect(kinds('score', 'poor', low, on)).toContain('limit-business');
    // A discount and a refusal of supply are nobody's consequence, whatever is switched on.
    expect(given).not.toContain('price-discount');
    expect(given).not.toContain('refuse-supply');
  });

  test('G3.C: 15 working days, the first day not counted; over New Year they are longer', () => {
    const [turn] = turnsOf({ kind: 'working-days', days: 15 }, civilDate('2026-12-18'), calendar);
    expect(turn?.dueOn).toBe('2027-01-11');
  });

  test('G3.D: twelve inspections, one in each month of the year', () => {
    const turns = turnsOf({ kind: 'monthly', months: 12, every: 1 }, civilDate('2026-11-30'), calendar);
    expect(turns.map(({ period }) => period)).toHaveLength(12);
    expect(turns[0]).toEqual({ period: '2026-12', fromOn: '2026-12-01', dueOn: '2026-12-31' });
    expect(turns.at(-1)).toEqual({ period: '2027-11', fromOn: '2027-11-01', dueOn: '2027-11-30' });
  });

  test('K6.1, H5: rights of three schemes, each once', () => {
    const rights = rightsOf({ grade: 'A', colour: 'green', scoreGrade: 'good' }, low, policy).map(
      ({ kind }) => kind,
    );
    expect(rights).toContain('commitment-for-title');
    expect(rights.filter((kind) => kind === 'training')).toHaveLength(1);
    expect(rightsOf({ grade: 'D', colour: 'black', scoreGrade: 'bad' }, low, policy)).toEqual([]);
  });

  test('K6.2: half-monthly payment for a poor score', () => {
    expect(kinds('score', 'poor')).toEqual(['half-monthly-payment', 'close-monitoring']);
  });
});

describe('R3: a grade shapes collection, and never what protects', () => {
  const statutory = [
    'stopAfterDueDays',
    'noticeDays',
    'secondNoticeMinutes',
    'restoreHours',
    'approvalMatrix',
    'stopWindow',
  ] as const;
  test('whatever the grade and however early the reminders, the law stands as it was', () => {
    const earlier = fc.record({ A: fc.nat(60), B: fc.nat(60), C: fc.nat(60), D: fc.nat(60) });
    forAll(
      [fc.constantFrom(...GRADES), earlier, fc.integer({ min: 1, max: 60 })],
      (grade, earlierReminderDays, overdueDays) => {
        const base = { ...defaultPolicy(today), overdueDays };
        const credit = { ...policy, consequences: { ...policy.consequences, earlierReminderDays } };
        const shaped = shapedPolicy(base, grade, credit);
        expect(checkPolicy(shaped, today)).toEqual(checkPolicy(base, today));
        for (const name of statutory) expect(shaped[name]).toEqual(base[name]);
        expect({ ...shaped, overdueDays }).toEqual(base);
        expect(shaped.overdueDays).toBeGreaterThanOrEqual(1);
        expect(shaped.overdueDays).toBeLessThanOrEqual(overdueDays);
      },
    );
  });

  test('the tone: an oversight to A, an offer of help to a frequent debtor', () => {
    expect(GRADES.map(toneOf)).toEqual(['oversight', 'plain', 'helping', 'helping']);
  });
});

const candidate = (id: string, grade: Grade, more: Partial<Candidate> = {}): Candidate => ({
  ...{ id, grade, kind: 'resident', since: '2026-11-01', protected: false, oldestDays: 0 },
  ...more,
});
const idsOf = (placed: readonly { id: string }[]): string[] => placed.map(({ id }) => id);

describe('orderings, each explained', () => {
  test('G3.1: the better grade first, then the earlier request', () => {
    const asked = [
      candidate('c', 'C', { since: '2026-10-01' }),
      candidate('a2', 'A'),
      candidate('a1', 'A', { since: '2026-10-31' }),
    ];
    expect(idsOf(serviceOrder(asked))).toEqual(['a1', 'a2', 'c']);
  });

  test('G3.2: among users of one kind the better grade is cut later; a protected person last', () => {
    const all = [
      candidate('a', 'A'),
      candidate('d', 'D'),
      candidate('factory-a', 'A', { kind: 'industry' }),
      candidate('life', 'D', { protected: true }),
    ];
    const order = rationingOrder(all, ['industry', 'resident']);
    expect(idsOf(order)).toEqual(['factory-a', 'd', 'a', 'life']);
    expect(order.at(-1)?.why.en).toContain('protected');
  });

  test('G3.4: works at the time that suits better grades', () => {
    const windows = [
      { id: 'mon', on: civilDate('2026-12-07'), unsuited: ['A', 'D'] as const },
      { id: 'tue', on: civilDate('2026-12-08'), unsuited: ['B', 'B', 'C'] as const },
    ];
    expect(idsOf(maintenanceOrder(windows))).toEqual(['tue', 'mon']);
  });

  test('R3: collection begins with the worse grade and the older debt', () => {
    const owing = [
      candidate('c40', 'C', { oldestDays: 40 }),
      candidate('d', 'D'),
      candidate('c50', 'C', { oldestDays: 50 }),
    ];
    expect(idsOf(dunningOrder(owing))).toEqual(['d', 'c50', 'c40']);
  });
});

describe('G3.5: the draw', () => {
  test('SHA-256 in plain arithmetic is SHA-256', () => {
    forAll([fc.string({ unit: 'grapheme', maxLength: 200 })], (text) => {
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    });
  });

  test('at least a tenth of each class, whatever its size', () => {
    expect([0, 1, 9, 10, 11, 1000].map((count) => winnersOf(count, 100))).toEqual([0, 1, 1, 1, 2, 100]);
  });

  test('seed and list give the same winners to anybody, in whatever order the list comes', () => {
    const ids = Array.from({ length: 95 }, (_, n) => `acc-${n}`);
    const first = drawOf('03 11 17 22 29 31 + 08', 'residential', ids, 100);
    expect(drawOf('03 11 17 22 29 31 + 08', 'residential', ids.toReversed(), 100)).toEqual(first);
    expect(first.filter(({ won }) => won)).toHaveLength(10);
    const other = drawOf('another seed', 'residential', ids, 100);
    expect(idsOf(other)).not.toEqual(idsOf(first));
    // What a person with a terminal would do.
    const byHand = ids
      .map((id) => ({
        id,
        hash: createHash('sha256').update(`03 11 17 22 29 31 + 08/residential/${id}`).digest('hex'),
      }))
      .sort((a, b) => (a.hash < b.hash ? -1 : 1));
    expect(idsOf(byHand)).toEqual(idsOf(first));
  });

  test('three classes', () => {
    expect(DRAW_CLASSES).toContain(drawClassOf('important', 'non-resident'));
    expect(drawClassOf('non-resident', 'non-resident')).toBe('commercial');
    expect(drawClassOf('resident', 'resident')).toBe('residential');
  });
});
