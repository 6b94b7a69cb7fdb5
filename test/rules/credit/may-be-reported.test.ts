import { describe, expect, test } from 'vitest';
import { addDays, civilDate } from '../../../rules/calendar/civil-date.ts';
import { mayBeReported, mayLeaveNow, type SendFacts } from '../../../rules/credit/may-be-reported.ts';
import { REASON_TEXTS } from '../../../rules/reasons/reason-text.ts';
import { fc, forAll } from '../../support/property.ts';

const today = civilDate('2026-11-25');
const basis = { signed: true, revoked: false, from: civilDate('2026-01-01'), to: null };
const lawful: SendFacts = {
  ...{ partyKind: 'firm', identityVerified: true, codeValid: true, confirmed: true, stillHolds: true },
  ...{ objectionOpen: false, debtDisputed: false, basis, today },
  ...{ proposedBy: 'credit-he', approvedBy: 'manager-sun' },
  ...{ noticeServedOn: addDays(today, -16), noticeUntil: addDays(today, -1) },
};

describe('H4, L6: what may be reported to the public credit platform', () => {
  const cases: readonly (readonly [string, Partial<SendFacts>, string])[] = [
    ['a person', { partyKind: 'person' }, 'personal-debtor'],
    ['nobody knows who', { partyKind: null }, 'personal-debtor'],
    ['an identity that nobody has verified', { identityVerified: false }, 'identity-not-verified'],
    ['a code that is none', { codeValid: false }, 'no-social-credit-code'],
    ['a debt that is not established', { confirmed: false }, 'not-confirmed'],
    ['a record that was annulled', { stillHolds: false }, 'holds-no-longer'],
    ['an open objection (L5)', { objectionOpen: true }, 'under-objection'],
    ['a disputed bill', { debtDisputed: true }, 'debt-disputed'],
    ['no basis', { basis: null }, 'no-signed-basis'],
    ['a basis with one signature', { basis: { ...basis, signed: false } }, 'no-signed-basis'],
    ['a revoked basis', { basis: { ...basis, revoked: true } }, 'basis-revoked'],
    ['a basis from tomorrow on', { basis: { ...basis, from: addDays(today, 1) } }, 'basis-not-in-force'],
    ['a basis until yesterday', { basis: { ...basis, to: addDays(today, -1) } }, 'basis-not-in-force'],
    ['one pair of eyes', { approvedBy: 'credit-he' }, 'four-eyes'],
    ['no second signature', { approvedBy: null }, 'approval-pending'],
    ['a firm that was not told', { noticeServedOn: null, noticeUntil: null }, 'firm-not-told'],
    ['the last day of the notice', { noticeUntil: today }, 'notice-period-runs'],
  ];
  test.each(cases)('%s holds it back', (_, change, code) => {
    const verdict = mayLeaveNow({ ...lawful, ...change });
    expect(verdict.outcome).toBe('refused');
    expect(verdict.outcome === 'refused' && verdict.reasons.map((reason) => reason.code)).toEqual([code]);
    expect(REASON_TEXTS).toHaveProperty(code);
  });

  test('a verified firm under a basis of today may leave the day after its notice', () => {
    expect(mayLeaveNow(lawful)).toEqual({ outcome: 'permitted' });
    expect(mayLeaveNow({ ...lawful, basis: { ...basis, to: today } })).toEqual({ outcome: 'permitted' });
  });

  const flag = fc.boolean();
  const facts: fc.Arbitrary<SendFacts> = fc.record({
    partyKind: fc.constantFrom('person', 'firm', null),
    ...{ identityVerified: flag, codeValid: flag, confirmed: flag, stillHolds: flag, objectionOpen: flag },
    debtDisputed: flag,
    basis: fc.option(
      fc.record({ signed: flag, revoked: flag, from: fc.constant(today), to: fc.constant(null) }),
    ),
    today: fc.constant(today),
    proposedBy: fc.constantFrom('a', 'b'),
    approvedBy: fc.constantFrom('a', 'b', null),
    noticeServedOn: fc.constantFrom(addDays(today, -20), null),
    noticeUntil: fc.constantFrom(addDays(today, -1), today, null),
  });

  test('whatever else is true, no personal debtor is ever reported, and nothing leaves that may not be proposed', () => {
    let reported = 0;
    forAll(
      [facts],
      (one) => {
        const [first, last] = [mayBeReported(one).outcome, mayLeaveNow(one).outcome];
        if (first === 'permitted') reported += 1;
        const isFirm = one.partyKind === 'firm' && one.identityVerified && one.codeValid;
        const isSigned = one.approvedBy !== null && one.approvedBy !== one.proposedBy;
        if (!isFirm && first !== 'refused') return false;
        return last === 'refused' || (first === 'permitted' && isSigned);
      },
      5_000,
    );
    expect(reported).toBeGreaterThan(0);
  });
});
