import { describe, expect, test } from 'vitest';
import { addDays, civilDate, type CivilDate } from '../../../rules/calendar/civil-date.ts';
import { lateFeeFen, type LateFeeFacts } from '../../../rules/late-fee/late-fee.ts';
import { lateFeeRate } from '../../../rules/late-fee/late-fee-rate.ts';
import { lawAt } from '../../../rules/parameters/law.ts';
import { fc, forAll } from '../../support/property.ts';

const law = lawAt(civilDate('2026-11-24'));
const resident = law.lateFeePermille.resident;
const business = law.lateFeePermille.nonResident;

const fee = (over: Partial<LateFeeFacts> & { due?: string; paid?: string }): number =>
  lateFeeFen({
    openFen: over.openFen ?? 100_000,
    dueDate: civilDate(over.due ?? '2026-10-31'),
    paidOn: civilDate(over.paid ?? '2026-11-10'),
    permille: over.permille ?? business,
    suspended: over.suspended ?? [],
    minimumFen: over.minimumFen ?? 0,
    paidParts: over.paidParts ?? [],
  });
const days = (from: string, to: string) => ({ from: civilDate(from), to: civilDate(to) });

describe('L4: late fee, whole fen', () => {
  test.each([
    ['on the due date nothing', { paid: '2026-10-31' }, 0],
    ['before it nothing', { paid: '2026-10-01' }, 0],
    ['one day at 2‰', { paid: '2026-11-01' }, 200],
    ['ten days at 2‰', {}, 2000],
    ['a resident, ten days at 1‰', { permille: resident }, 1000],
    ['to the last day of the year 2‰', { paid: '2026-12-31' }, 61 * 200],
    ['the first of January at 3‰, the days before stay at 2‰', { paid: '2027-01-01' }, 61 * 200 + 300],
    ['ten days of the new year', { paid: '2027-01-10' }, 61 * 200 + 3000],
    ['due on the last of December: every day at 3‰', { due: '2026-12-31', paid: '2027-01-02' }, 600],
    ['due on 1 January: 2‰ to the end of that year', { due: '2026-01-01', paid: '2026-01-03' }, 400],
    ['a second new year stays at 3‰', { due: '2025-12-31', paid: '2027-01-01' }, 366 * 300],
    ['a contract ratio knows no new year', { permille: { contract: 1.5 }, paid: '2027-01-01' }, 62 * 150],
    ['residents do not pay more in the new year', { permille: resident, paid: '2027-01-01' }, 6200],
  ] as const)('%s', (_name, facts, fen) => expect(fee(facts)).toBe(fen));

  test('L4: rounded once per bill, half a fen up', () => {
    // 1 fen in a thousand a day: 0.4, 0.5, 0.6 fen.
    expect(fee({ openFen: 400, permille: resident, paid: '2026-11-01' })).toBe(0);
    expect(fee({ openFen: 500, permille: resident, paid: '2026-11-01' })).toBe(1);
    expect(fee({ openFen: 400, permille: resident, paid: '2026-11-03' })).toBe(1);
    // Rounding every day would give 30.
    expect(fee({ openFen: 740, permille: resident, paid: '2026-11-30' })).toBe(22);
    expect(fee({ openFen: 333, permille: { contract: 1.25 }, paid: '2026-11-04' })).toBe(2);
  });

  test('L4: a minimum counts only where something accrued', () => {
    expect(fee({ openFen: 100, minimumFen: 100, paid: '2026-11-01' })).toBe(100);
    expect(fee({ openFen: 100, minimumFen: 100, paid: '2026-10-31' })).toBe(0);
    expect(fee({ openFen: 0, minimumFen: 100 })).toBe(0);
  });

  test('L4: dispute and shield suspend, days that overlap once', () => {
    expect(fee({ suspended: [days('2026-11-01', '2026-11-01')] })).toBe(1800);
    expect(fee({ suspended: [days('2026-11-03', '2026-11-05'), days('2026-11-04', '2026-11-06')] })).toBe(
      1200,
    );
    expect(fee({ suspended: [days('2026-10-01', '2026-10-31')] })).toBe(2000);
    expect(fee({ suspended: [days('2026-11-10', '2026-12-31')] })).toBe(1800);
    expect(fee({ suspended: [days('2026-01-01', '2027-12-31')], minimumFen: 100 })).toBe(0);
    // A pause over New Year takes days of both ratios away.
    expect(fee({ paid: '2027-01-02', suspended: [days('2026-12-31', '2027-01-01')] })).toBe(60 * 200 + 300);
  });

  test('L4: what was paid late in parts accrued until its own day, and the bill is rounded once', () => {
    const part = (amountFen: number, paidOn: string) => ({ amountFen, paidOn: civilDate(paidOn) });
    // 50,000 fen for ten days and 50,000 for four, at 2‰.
    expect(fee({ openFen: 50_000, paidParts: [part(50_000, '2026-11-04')] })).toBe(1000 + 400);
    expect(fee({ openFen: 50_000, paidParts: [part(50_000, '2026-10-31')] })).toBe(1000);
    // Paid after the day asked for, it is still open on it.
    expect(fee({ openFen: 50_000, paidParts: [part(50_000, '2026-11-20')] })).toBe(2000);
    expect(
      fee({ openFen: 300, permille: resident, paid: '2026-11-01', paidParts: [part(200, '2026-11-01')] }),
    ).toBe(1);
    expect(
      fee({
        openFen: 50_000,
        paidParts: [part(50_000, '2026-11-04')],
        suspended: [days('2026-11-01', '2026-11-04')],
      }),
    ).toBe(600);
  });

  test('L4: large sums stay exact', () => {
    expect(
      fee({ openFen: 9_007_199_254_740, due: '2020-12-31', paid: '2026-12-31', permille: { contract: 3 } }),
    ).toBe(Number((9_007_199_254_740n * 2191n * 3n + 500n) / 1000n));
  });

  test('L4: money that is not whole fen is refused', () => {
    expect(() => fee({ openFen: 1.5 })).toThrow(RangeError);
    expect(() => fee({ openFen: -1 })).toThrow(RangeError);
    expect(() => fee({ permille: { contract: 1.234 } })).toThrow(RangeError);
  });

  test('L4: a contract ratio lies between 1 and 3 permille', () => {
    const of = (contractPermille: number | null) =>
      lateFeeRate({ customerClass: 'non-resident', contractPermille }, law);
    expect(of(null)).toEqual({ sameYear: 2, carriedOver: 3 });
    expect(of(1)).toEqual({ contract: 1 });
    expect(of(3)).toEqual({ contract: 3 });
    expect(() => of(0.99)).toThrow(RangeError);
    expect(() => of(3.01)).toThrow(RangeError);
    expect(lateFeeRate({ customerClass: 'resident', contractPermille: null }, law)).toEqual(resident);
  });

  const base = civilDate('2025-06-01');
  const day = fc.integer({ min: 0, max: 900 }).map((n): CivilDate => addDays(base, n));
  const pause = fc
    .tuple(day, fc.integer({ min: 0, max: 60 }))
    .map(([from, n]) => ({ from, to: addDays(from, n) }));

  test('L4, R4: a day more never costs less, a pause never costs more, and a day-by-day count agrees', () =>
    forAll(
      [
        fc.integer({ min: 1, max: 5_000_000 }),
        day,
        fc.integer({ min: 0, max: 500 }),
        fc.array(pause, { maxLength: 4 }),
      ],
      (openFen, dueDate, late, suspended) => {
        const facts = { openFen, dueDate, permille: business, suspended, minimumFen: 0 };
        const paidOn = addDays(dueDate, late);
        const paid = lateFeeFen({ ...facts, paidOn });
        expect(lateFeeFen({ ...facts, paidOn: addDays(paidOn, 1) })).toBeGreaterThanOrEqual(paid);
        expect(lateFeeFen({ ...facts, paidOn, suspended: [] })).toBeGreaterThanOrEqual(paid);
        let permille = 0;
        for (let i = 1; i <= late; i += 1) {
          const on = addDays(dueDate, i);
          if (suspended.some(({ from, to }) => from <= on && on <= to)) continue;
          permille += on.slice(0, 4) === dueDate.slice(0, 4) ? 2 : 3;
        }
        expect(paid).toBe(Math.floor((openFen * permille + 500) / 1000));
      },
    ));
});
