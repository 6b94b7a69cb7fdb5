import {
  addDays,
  addMonths,
  compareDates,
  daysBetween,
  laterOf,
  type CivilDate,
} from '../calendar/civil-date.ts';
import type { BillFact, CreditFacts } from './facts.ts';
import type { GradePolicy } from './policy.ts';

/** Everything of a customer that bears on the grade, as it is known. */
export interface CreditRecordSheet {
  /** Undisputed and disputed electricity bills of this customer, of merged accounts too. */
  readonly bills: readonly BillFact[];
  /** Days of established theft or violation that were not annulled. */
  readonly offences: readonly CivilDate[];
  /** First day as a customer where a contract says so; else the first bill tells. */
  readonly tenureFrom: CivilDate | null;
  readonly deferred: boolean;
}

/** First day of "the year" that ends on `asOf`; whole months where `asOf` ends one. */
export const yearFrom = (asOf: CivilDate, policy: GradePolicy): CivilDate =>
  addMonths(addDays(asOf, 1), -policy.yearMonths);

/** Whether an offence still counts: up to the day before its third anniversary (G1.A). */
export const isOffenceInReach = (offenceOn: CivilDate, asOf: CivilDate, policy: GradePolicy): boolean =>
  compareDates(offenceOn, asOf) <= 0 &&
  compareDates(asOf, addMonths(offenceOn, 12 * policy.offenceYears)) < 0;

/** Not paid on `asOf` as far as we know: open now, or paid by a later payment. */
const isOpenOn = (bill: BillFact, asOf: CivilDate): boolean =>
  bill.paidFen < bill.principalFen || (bill.settledOn !== null && compareDates(bill.settledOn, asOf) > 0);

const isLate = (bill: BillFact, asOf: CivilDate, policy: GradePolicy): boolean => {
  const lastDay = addDays(bill.dueOn, policy.settledGraceDays);
  const isOver = compareDates(lastDay, asOf) < 0;
  const isSettledBy =
    bill.paidFen >= bill.principalFen &&
    (bill.settledOn === null || compareDates(bill.settledOn, lastDay) <= 0);
  return isOver && !isSettledBy;
};

/** Draws the facts of a day from a customer's record (G1): disputed bills wait, another customer's bills and offences do not count. */
export function creditFactsOf(sheet: CreditRecordSheet, asOf: CivilDate, policy: GradePolicy): CreditFacts {
  const own = sheet.bills.filter(
    (bill) => sheet.tenureFrom === null || compareDates(bill.dueOn, sheet.tenureFrom) >= 0,
  );
  const counted = own.filter((bill) => !bill.disputed && bill.principalFen > 0);
  const inYear = counted.filter(
    (bill) => compareDates(bill.dueOn, yearFrom(asOf, policy)) >= 0 && compareDates(bill.dueOn, asOf) <= 0,
  );
  const overdue = counted.filter((bill) => compareDates(bill.dueOn, asOf) < 0 && isOpenOn(bill, asOf));
  const offences = sheet.offences.filter(
    (day) =>
      (sheet.tenureFrom === null || compareDates(day, sheet.tenureFrom) >= 0) &&
      isOffenceInReach(day, asOf, policy),
  );
  const issued = own.map((bill) => bill.issuedOn).sort(compareDates);
  return {
    asOf,
    oldestDays: overdue.reduce((days, bill) => Math.max(days, daysBetween(bill.dueOn, asOf)), 0),
    owedFen: overdue.reduce(
      (sum, bill) =>
        sum + (bill.paidFen < bill.principalFen ? bill.principalFen - bill.paidFen : bill.principalFen),
      0,
    ),
    lateBills: inYear.filter((bill) => isLate(bill, asOf, policy)).length,
    bills: inYear.length,
    offenceOn: offences.reduce<CivilDate | null>(
      (latest, day) => (latest === null ? day : laterOf(latest, day)),
      null,
    ),
    customerSince: sheet.tenureFrom ?? issued[0] ?? null,
    deferred: sheet.deferred,
  };
}
