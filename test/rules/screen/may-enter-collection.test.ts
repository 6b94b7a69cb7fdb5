import { describe, expect, it } from 'vitest';
import { addDays, civilDate } from '../../../rules/calendar/civil-date.ts';
import { HOLD_KINDS } from '../../../rules/holds/hold-kind.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import { reasonText } from '../../../rules/reasons/reason-text.ts';
import type { ScreenBill, ScreenFacts } from '../../../rules/screen/facts.ts';
import { mayDun } from '../../../rules/screen/may-dun.ts';
import { mayEnterCollection } from '../../../rules/screen/may-enter-collection.ts';
import { overdueDebt } from '../../../rules/screen/overdue-debt.ts';
import type { Reason, Verdict } from '../../../rules/verdict.ts';
import { fc, forAll } from '../../support/property.ts';

const today = civilDate('2026-11-24');
const policy = defaultPolicy(today);

const bill = (over: Partial<ScreenBill> = {}): ScreenBill => ({
  billId: 'B-1',
  service: 'electricity',
  openFen: 20_000,
  dueDate: addDays(today, -10),
  disputed: false,
  ...over,
});

const account = (over: Partial<ScreenFacts> = {}): ScreenFacts => ({
  today,
  category: 'resident',
  bills: [bill()],
  protection: 'none',
  prepaidContract: false,
  movedOutOn: null,
  hasOpenCase: false,
  hasStopInForce: false,
  holds: [],
  shields: [],
  inFlightFen: 0,
  ...over,
});

const said = (verdict: Verdict): Reason[] =>
  verdict.outcome === 'permitted'
    ? []
    : [...verdict.reasons, ...(verdict.outcome === 'undetermined' ? verdict.missing : [])];

function judge(verdict: Verdict): string {
  for (const reason of said(verdict)) expect(reasonText(reason, 'zh')).not.toContain('—');
  return [verdict.outcome, ...said(verdict).map((reason) => reason.code)].join(' ');
}

describe('mayEnterCollection', () => {
  it.each<[string, Partial<ScreenFacts>, string]>([
    ['T2.0: overdue electricity', {}, 'permitted'],
    ['T2.8: nothing owed', { bills: [] }, 'refused nothing-owed'],
    ['T2.8: everything paid', { bills: [bill({ openFen: 0 })] }, 'refused nothing-owed'],
    ['L2.30: only water owed', { bills: [bill({ service: 'water' })] }, 'refused no-electricity-debt'],
    [
      'L2.30: two days overdue',
      { bills: [bill({ dueDate: addDays(today, -2) })] },
      'refused not-overdue-enough-to-collect',
    ],
    ['L2.30: three days overdue', { bills: [bill({ dueDate: addDays(today, -3) })] }, 'permitted'],
    ['L2.30: due today', { bills: [bill({ dueDate: today })] }, 'refused not-overdue-enough-to-collect'],
    ['T2.0: one fen below the minimum', { bills: [bill({ openFen: 4_999 })] }, 'refused below-minimum-debt'],
    ['T2.0: exactly the minimum', { bills: [bill({ openFen: 5_000 })] }, 'permitted'],
    [
      'T2.0: water does not lift electricity over the minimum',
      { bills: [bill({ openFen: 4_999 }), bill({ billId: 'W', service: 'water', openFen: 90_000 })] },
      'refused below-minimum-debt',
    ],
    [
      'T2.0: a bill not yet due does not lift it either',
      {
        bills: [bill({ openFen: 4_999 }), bill({ billId: 'N', dueDate: addDays(today, 5), openFen: 90_000 })],
      },
      'refused below-minimum-debt',
    ],
    ['L5: the only bill is disputed', { bills: [bill({ disputed: true })] }, 'refused bill-disputed'],
    [
      'L5: a disputed bill is left out; the others are owed',
      { bills: [bill({ disputed: true }), bill({ billId: 'B-2' })] },
      'permitted',
    ],
    [
      'L5: without the disputed bill too little is left',
      { bills: [bill({ disputed: true }), bill({ billId: 'B-2', openFen: 100 })] },
      'refused bill-disputed below-minimum-debt',
    ],
    ['T2.6: money in flight', { inFlightFen: 1 }, 'refused money-in-flight'],
    ['T2.2: moved out today', { movedOutOn: today }, 'refused moved-out'],
    ['T2.2: moves out tomorrow', { movedOutOn: addDays(today, 1) }, 'permitted'],
    ['T2.0: a case is open', { hasOpenCase: true }, 'refused case-already-open'],
    ['L3: supply is off', { hasStopInForce: true }, 'refused already-stopped'],
    ['L11: registered', { protection: 'registered' }, 'refused protected-person'],
    ['L11: nobody asked', { protection: null }, 'undetermined protection-not-asked'],
    ['L2.oth: a master meter', { category: 'master-meter' }, 'refused master-meter'],
    ['L12: a prepaid contract', { prepaidContract: true }, 'refused prepaid-contract'],
    [
      'L10: shielded to the end of today',
      { shields: [{ from: addDays(today, -3), to: today }] },
      'refused shield-in-force',
    ],
    [
      'L10: a shield that ended yesterday',
      { shields: [{ from: addDays(today, -3), to: addDays(today, -1) }] },
      'permitted',
    ],
    [
      'L10: a shield that begins tomorrow',
      { shields: [{ from: addDays(today, 1), to: addDays(today, 9) }] },
      'permitted',
    ],
  ])('%s', (_, over, expected) => {
    expect(judge(mayEnterCollection(account(over), policy))).toBe(expected);
  });

  it.each(HOLD_KINDS)('T1.2: a hold of kind %s keeps the account out, and unreminded', (kind) => {
    const held = account({ holds: [{ kind }] });
    expect(judge(mayEnterCollection(held, policy))).toBe(`refused on-hold-${kind}`);
    expect(judge(mayDun(held))).toBe(`refused on-hold-${kind}`);
  });

  it('every reason is returned at once', () => {
    const worst = account({
      bills: [bill({ openFen: 100, dueDate: addDays(today, -1) })],
      protection: 'registered',
      hasOpenCase: true,
      inFlightFen: 5,
    });
    expect(judge(mayEnterCollection(worst, policy))).toBe(
      'refused not-overdue-enough-to-collect below-minimum-debt money-in-flight case-already-open protected-person',
    );
  });
});

describe('mayDun', () => {
  it('L11, L10: protection and shields forbid the stop, never a reminder', () => {
    expect(judge(mayDun(account({ protection: 'registered', shields: [{ from: today, to: today }] })))).toBe(
      'permitted',
    );
  });
  it('T2.8: who owes nothing overdue is left alone', () => {
    expect(judge(mayDun(account({ bills: [bill({ dueDate: today })] })))).toBe('refused nothing-overdue');
  });
});

const anyBill = fc.record({
  billId: fc.string({ minLength: 1, maxLength: 4 }),
  service: fc.constantFrom('electricity' as const, 'water' as const, 'other' as const),
  openFen: fc.integer({ min: 0, max: 50_000 }),
  dueDate: fc.integer({ min: -60, max: 20 }).map((days) => addDays(today, days)),
  disputed: fc.boolean(),
});
const anyAccount: fc.Arbitrary<ScreenFacts> = fc.record({
  today: fc.constant(today),
  category: fc.constantFrom('resident' as const, 'important' as const, 'master-meter' as const),
  bills: fc.array(anyBill, { maxLength: 5 }),
  protection: fc.constantFrom('none' as const, 'registered' as const, null),
  prepaidContract: fc.boolean(),
  movedOutOn: fc.constantFrom(null, today),
  hasOpenCase: fc.boolean(),
  hasStopInForce: fc.boolean(),
  holds: fc.array(
    fc.constantFrom(...HOLD_KINDS).map((kind) => ({ kind })),
    { maxLength: 1 },
  ),
  shields: fc.constantFrom([], [{ from: today, to: today }]),
  inFlightFen: fc.constantFrom(0, 0, 100),
});

describe('laws of screening', () => {
  it('L2.30: who enters owes old, undisputed electricity of at least the minimum', () => {
    forAll(
      [anyAccount],
      (facts) => {
        const isIn = mayEnterCollection(facts, policy).outcome === 'permitted';
        const debt = overdueDebt(facts.bills, facts.today);
        expect(isIn && debt.openFen < policy.minimumDebtFen).toBe(false);
        expect(isIn && debt.oldestDays < policy.overdueDays).toBe(false);
        expect(debt.bills.every((one) => one.service === 'electricity' && !one.disputed)).toBe(true);
      },
      2000,
    );
  });
  it('L11: who is protected, or was never asked, never enters', () => {
    forAll(
      [anyAccount],
      (facts) => {
        const isIn = mayEnterCollection(facts, policy).outcome === 'permitted';
        expect(isIn && facts.protection !== 'none').toBe(false);
      },
      500,
    );
  });
  it('an account that is kept out is told why', () => {
    forAll(
      [anyAccount],
      (facts) => {
        const verdict = mayEnterCollection(facts, policy);
        expect(said(verdict).length > 0).toBe(verdict.outcome !== 'permitted');
      },
      500,
    );
  });
  it('L2.30: arrears of another service change nothing', () => {
    forAll(
      [anyAccount, fc.integer({ min: 1, max: 1_000_000 })],
      (facts, openFen) => {
        const water = bill({ billId: 'water', service: 'water', openFen, dueDate: addDays(today, -90) });
        const outcome = (f: ScreenFacts) => mayEnterCollection(f, policy).outcome;
        expect(outcome({ ...facts, bills: [...facts.bills, water] })).toBe(outcome(facts));
      },
      1000,
    );
  });
});
