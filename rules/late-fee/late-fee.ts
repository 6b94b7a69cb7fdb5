import { addDays, civilDate, daysBetween, laterOf, type CivilDate } from '../calendar/civil-date.ts';

/** Permille a day: by year of arrears, or one ratio agreed by contract. At most two decimals. */
export type LateFeeRate =
  { readonly sameYear: number; readonly carriedOver: number } | { readonly contract: number };

export interface LateFeeFacts {
  /** What of the bill's principal is still open, whole fen. */
  readonly openFen: number;
  /** What was paid of it late: each part accrues up to and including its own day of payment. */
  readonly paidParts?: readonly { readonly amountFen: number; readonly paidOn: CivilDate }[];
  readonly dueDate: CivilDate;
  readonly paidOn: CivilDate;
  readonly permille: LateFeeRate;
  /** Days on which nothing accrues (dispute, shield), both ends included; they may overlap. */
  readonly suspended: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  /** Smallest fee of a bill on which any accrued, whole fen. */
  readonly minimumFen: number;
}

/** Days of [from, to] that count, both ends included. */
function countedDays(from: CivilDate, to: CivilDate, suspended: LateFeeFacts['suspended']): number {
  let days = Math.max(0, daysBetween(from, to) + 1);
  let next = from;
  for (const pause of [...suspended].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const first = laterOf(next, pause.from);
    const last = pause.to < to ? pause.to : to;
    if (last < first) continue;
    days -= daysBetween(first, last) + 1;
    next = addDays(last, 1);
  }
  return days;
}

/** Two decimals of permille as a whole number. @throws RangeError for more decimals or a negative ratio */
function hundredthsOf(permille: number): bigint {
  const hundredths = Math.round(permille * 100);
  if (!(permille >= 0) || Math.abs(hundredths - permille * 100) > 1e-6)
    throw new RangeError(`late fee permille has at most two decimals: ${permille}`);
  return BigInt(hundredths);
}

/** Hundredths of permille that one fen has gathered by a day: whole days, by year of arrears (L4). */
function weightUntil(
  paidOn: CivilDate,
  { dueDate, permille, suspended }: Pick<LateFeeFacts, 'dueDate' | 'permille' | 'suspended'>,
): bigint {
  const firstDay = addDays(dueDate, 1);
  const newYear = civilDate(`${Number(dueDate.slice(0, 4)) + 1}-01-01`);
  const lastOfYear = addDays(newYear, -1);
  const daysSameYear = countedDays(firstDay, paidOn < lastOfYear ? paidOn : lastOfYear, suspended);
  const daysCarriedOver = countedDays(laterOf(firstDay, newYear), paidOn, suspended);
  const [same, carried] =
    'contract' in permille
      ? [permille.contract, permille.contract]
      : [permille.sameYear, permille.carriedOver];
  return BigInt(daysSameYear) * hundredthsOf(same) + BigInt(daysCarriedOver) * hundredthsOf(carried);
}

/**
 * Late fee of one bill (L4, R4), simple, whole fen: every day after the due date up to and including the day of payment;
 * the ratio for carried-over arrears only for days from 1 January after the due date's year. What was paid late in parts has
 * gathered its fee until its own day. Rounded once per bill, half a fen up. @throws RangeError when money is not whole, not
 * negative fen
 */
export function lateFeeFen(facts: LateFeeFacts): number {
  const { openFen, paidOn, minimumFen, paidParts = [] } = facts;
  const parts = [{ amountFen: openFen, paidOn }, ...paidParts];
  if (
    ![minimumFen, ...parts.map((part) => part.amountFen)].every(
      (fen) => Number.isSafeInteger(fen) && fen >= 0,
    )
  )
    throw new RangeError(`late fee: not whole fen: ${openFen}, ${minimumFen}`);
  const weighed = parts.reduce(
    (sum, part) =>
      sum + BigInt(part.amountFen) * weightUntil(part.paidOn < paidOn ? part.paidOn : paidOn, facts),
    0n,
  );
  if (weighed === 0n) return 0;
  return Math.max(Number((weighed + 50_000n) / 100_000n), minimumFen);
}
