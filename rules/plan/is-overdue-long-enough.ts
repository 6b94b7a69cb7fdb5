import { addDays, laterOf, type CivilDate } from '../calendar/civil-date.ts';
import { LAW_TABLES } from '../parameters/law.ts';
import type { Policy } from '../parameters/policy.ts';
import type { PlanBill } from './facts.ts';

/**
 * First day on which a bill may lead to a stop (L2.30): due date + 32 by law, later where the policy says so, never earlier.
 */
export function earliestStopDate(dueDate: CivilDate, policy: Pick<Policy, 'stopAfterDueDays'>): CivilDate {
  const byPolicy = addDays(dueDate, policy.stopAfterDueDays);
  return laterOf(addDays(dueDate, LAW_TABLES.stopAfterDueDays(byPolicy).value), byPolicy);
}

/** May this bill be a ground for a stop on that day (L2.30)? Only open, undisputed electricity that is overdue long enough. */
export function mayBillCauseStop(
  bill: PlanBill,
  stopDate: CivilDate,
  policy: Pick<Policy, 'stopAfterDueDays'>,
): boolean {
  const isGround = bill.service === 'electricity' && !bill.disputed && bill.openFen > 0;
  return isGround && stopDate >= earliestStopDate(bill.dueDate, policy);
}

/** The debt that may be named on that day, and its sum in whole fen. */
export function namedDebtOn(
  stopDate: CivilDate,
  bills: readonly PlanBill[],
  policy: Pick<Policy, 'stopAfterDueDays'>,
): { bills: PlanBill[]; principalFen: number } {
  const named = bills.filter((bill) => mayBillCauseStop(bill, stopDate, policy));
  return { bills: named, principalFen: named.reduce((sum, bill) => sum + bill.openFen, 0) };
}
