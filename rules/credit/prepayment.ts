import type { CreditPolicy } from './policy.ts';
import type { Grade } from './scheme.ts';

/** Prepayment that is proposed, whole fen: so many yuan for each kVA, times capacity, times the grade's share (G3.B–G3.D). */
export function prepaymentFen(
  capacityKva: number,
  grade: Exclude<Grade, 'A'>,
  policy: CreditPolicy['consequences'],
): number {
  // yuan x 100 fen x per cent / 100: whole by itself.
  return policy.prepaymentYuanPerKva * capacityKva * policy.prepaymentSharePercent[grade];
}
