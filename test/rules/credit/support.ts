import { addDays, civilDate, type CivilDate } from '../../../rules/calendar/civil-date.ts';
import { colourOf } from '../../../rules/credit/colour-of.ts';
import { defaultCreditPolicy } from '../../../rules/credit/default-policy.ts';
import { creditFactsOf, type CreditRecordSheet } from '../../../rules/credit/facts-of.ts';
import type { BillFact } from '../../../rules/credit/facts.ts';
import { gradeOf } from '../../../rules/credit/grade-of.ts';

export const asOf = civilDate('2026-11-30');
export const policy = defaultCreditPolicy(asOf);

export const bill = (dueOn: string, more: Partial<BillFact> = {}): BillFact => ({
  ...{
    dueOn: civilDate(dueOn),
    issuedOn: addDays(civilDate(dueOn), -15),
    principalFen: 10_000,
    paidFen: 10_000,
  },
  ...{ settledOn: addDays(civilDate(dueOn), -1), disputed: false },
  ...more,
});
export const open = { paidFen: 0, settledOn: null } as const;
export const sheet = (
  bills: readonly BillFact[],
  more: Partial<CreditRecordSheet> = {},
): CreditRecordSheet => ({
  ...{ bills, offences: [], tenureFrom: civilDate('2020-01-01'), deferred: false },
  ...more,
});
export const judged = (record: CreditRecordSheet, day: CivilDate = asOf) => {
  const facts = creditFactsOf(record, day, policy.grade);
  return { ...gradeOf(facts, policy.grade), colour: colourOf(facts, policy), facts };
};
