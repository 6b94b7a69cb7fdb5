import type { CivilDate } from '../calendar/civil-date.ts';

/** What of a customer's record grade and colour are drawn from, on one day; the columns of `credit_grades`. */
export interface CreditFacts {
  /** The day the record is looked at; of a monthly grade the last day of the month. */
  readonly asOf: CivilDate;
  /** Age in days of the oldest electricity bill that is overdue and unpaid; 0 = none. */
  readonly oldestDays: number;
  /** What is overdue and unpaid, whole fen. */
  readonly owedFen: number;
  /** Bills due in the twelve months up to `asOf` that were not paid by their day. */
  readonly lateBills: number;
  /** Bills due in the twelve months up to `asOf`. */
  readonly bills: number;
  /** Day of the youngest established theft or violation of the last three years; null = none. */
  readonly offenceOn: CivilDate | null;
  /** First day as a customer, as far as is known; null = nothing was ever billed. */
  readonly customerSince: CivilDate | null;
  /** An agreed deferral, plan or guarantee covers what is owed: it does not age. */
  readonly deferred: boolean;
}

/** One bill as grading looks at it. */
export interface BillFact {
  readonly dueOn: CivilDate;
  readonly principalFen: number;
  readonly paidFen: number;
  /** Day of the payment that settled it; null on a paid bill: before anybody kept count. */
  readonly settledOn: CivilDate | null;
  readonly disputed: boolean;
  readonly issuedOn: CivilDate;
}
