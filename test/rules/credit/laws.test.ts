import { describe, expect, test } from 'vitest';
import { addDays } from '../../../rules/calendar/civil-date.ts';
import { explainColour, explainGrade } from '../../../rules/credit/explain.ts';
import type { CreditRecordSheet } from '../../../rules/credit/facts-of.ts';
import type { BillFact } from '../../../rules/credit/facts.ts';
import { COLOURS, GRADES, isWorse, placeOf } from '../../../rules/credit/scheme.ts';
import { fc, forAll } from '../../support/property.ts';
import { asOf, bill, judged, open, policy, sheet } from './support.ts';

const days = fc.integer({ min: 0, max: 1200 }).map((count) => addDays(asOf, -count));
const anyBill: fc.Arbitrary<BillFact> = fc
  .record({
    dueOn: days,
    paid: fc.boolean(),
    after: fc.integer({ min: -20, max: 90 }),
    disputed: fc.boolean(),
  })
  .map(({ dueOn, paid, after, disputed }) =>
    bill(dueOn, { ...(paid ? { settledOn: addDays(dueOn, after) } : open), disputed }),
  );
const anySheet: fc.Arbitrary<CreditRecordSheet> = fc.record({
  bills: fc.array(anyBill, { maxLength: 8 }),
  offences: fc.array(days, { maxLength: 2 }),
  tenureFrom: fc.oneof(fc.constant(null), days),
  deferred: fc.boolean(),
});

describe('laws of grading', () => {
  test('G1: every record has exactly one grade and one colour, and a sentence in both languages', () => {
    forAll(
      [anySheet],
      (record) => {
        const found = judged(record);
        expect(GRADES).toContain(found.grade);
        expect(COLOURS).toContain(found.colour.colour);
        for (const sentence of [
          explainGrade(found.grade, found.code, found.facts, policy),
          explainColour(found.colour.colour, found.colour.code, found.facts, policy),
        ]) {
          expect(sentence.zh + sentence.en).not.toMatch(/undefined|null|NaN/);
          expect(sentence.zh.length).toBeGreaterThan(10);
        }
      },
      500,
    );
  });

  test('paying can never worsen a grade or a colour', () => {
    forAll(
      [anySheet, fc.nat(7), fc.integer({ min: 0, max: 400 })],
      (record, which, after) => {
        const one = record.bills[which];
        if (one === undefined || one.paidFen > 0) return;
        const paid = { ...one, paidFen: one.principalFen, settledOn: addDays(one.dueOn, after) };
        const before = judged(record);
        const now = judged({ ...record, bills: record.bills.with(which, paid) });
        expect(isWorse(before.grade, now.grade)).toBe(false);
        expect(isWorse(before.colour.colour, now.colour.colour)).toBe(false);
      },
      500,
    );
  });

  test('a violation can never improve a grade or a colour', () => {
    forAll(
      [anySheet, days],
      (record, occurredOn) => {
        const before = judged(record);
        const now = judged({ ...record, offences: [...record.offences, occurredOn] });
        expect(isWorse(now.grade, before.grade)).toBe(false);
        expect(isWorse(now.colour.colour, before.colour.colour)).toBe(false);
      },
      500,
    );
  });

  test('an order of facts does not matter, and the same day judged twice is the same', () => {
    forAll([anySheet], (record) => {
      const turned = { ...record, bills: record.bills.toReversed(), offences: record.offences.toReversed() };
      expect(judged(turned)).toEqual(judged(record));
    });
  });

  test('a grade is no better for being judged later while nothing is paid', () => {
    forAll([days, fc.integer({ min: 1, max: 300 })], (dueOn, later) => {
      const record = sheet([bill(dueOn, open)]);
      const [first, second] = [judged(record), judged(record, addDays(asOf, later))];
      expect(placeOf(second.grade)).toBeGreaterThanOrEqual(placeOf(first.grade));
    });
  });
});
