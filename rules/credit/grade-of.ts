import { addMonths, compareDates } from '../calendar/civil-date.ts';
import type { CreditFacts } from './facts.ts';
import type { GradePolicy } from './policy.ts';
import type { Grade } from './scheme.ts';

/** Why a grade is what it is; the first that applies, from the gravest down. */
export type GradeCode =
  | 'offence'
  | 'arrears-over-two-months'
  | 'arrears-over-one-month'
  | 'arrears-within-one-month'
  | 'arrears-deferred'
  | 'late-within-year'
  | 'new-customer'
  | 'clean-year';

export interface Graded {
  readonly grade: Grade;
  readonly code: GradeCode;
  /** Watched closely: C, D, and whoever owes at all (G1.gap, G2.1). */
  readonly watch: boolean;
}

const graded = (grade: Grade, code: GradeCode, watch: boolean): Graded => ({ grade, code, watch });

/** Days of arrears that count: under an agreed deferral they rest. */
export const countedDays = (facts: CreditFacts, policy: GradePolicy): number =>
  facts.deferred && policy.deferralRests === 1 ? 0 : facts.oldestDays;

/** Too short a customer for "every bill of the year" to mean anything. */
export const isNewCustomer = (facts: CreditFacts, policy: GradePolicy): boolean =>
  facts.customerSince === null ||
  compareDates(addMonths(facts.customerSince, policy.newCustomerMonths), facts.asOf) > 0;

/** The grade of a customer on a day (G1.A–G1.D, and the hole G1.gap between B and C). */
export function gradeOf(facts: CreditFacts, policy: GradePolicy): Graded {
  const days = countedDays(facts, policy);
  if (facts.offenceOn !== null) return graded('D', 'offence', true);
  if (days > policy.twoMonthsDays) return graded('D', 'arrears-over-two-months', true);
  if (days > policy.oneMonthDays) return graded('C', 'arrears-over-one-month', true);
  if (days > 0) return graded('B', 'arrears-within-one-month', true);
  if (facts.oldestDays > 0) return graded('B', 'arrears-deferred', true);
  if (facts.lateBills > 0) return graded('B', 'late-within-year', false);
  if (isNewCustomer(facts, policy)) return graded('B', 'new-customer', false);
  return graded('A', 'clean-year', false);
}
