import type { CreditPolicy } from '../../rules/credit/policy.ts';
import { factsSql, whole, type Knowledge, type Reach } from './facts-sql.ts';

/** Columns that rules/credit/grade-of.ts and colour-of.ts give, in SQL over the columns of `facts` f; $1 as of. */
export function gradeColumns(policy: CreditPolicy): string {
  const { grade, colour } = policy;
  const days = `case when f.deferred and ${whole(grade.deferralRests)} = 1 then 0 else f.oldest_days end`;
  const isNew = `f.customer_since is null
      or (f.customer_since + interval '${whole(grade.newCustomerMonths)} months')::date > $1::date`;
  const isFresh = `f.offence_on is not null
      and $1::date < (f.offence_on + interval '${whole(colour.blackOffenceYears * 12)} months')::date`;
  const gradeCode = `case
    when f.offence_on is not null then 'offence'
    when ${days} > ${whole(grade.twoMonthsDays)} then 'arrears-over-two-months'
    when ${days} > ${whole(grade.oneMonthDays)} then 'arrears-over-one-month'
    when ${days} > 0 then 'arrears-within-one-month'
    when f.oldest_days > 0 then 'arrears-deferred'
    when f.late_bills > 0 then 'late-within-year'
    when ${isNew} then 'new-customer'
    else 'clean-year' end`;
  const colourCode = `case
    when ${isFresh} then 'fresh-offence'
    when ${days} >= ${whole(colour.black.arrearsDays)} then 'arrears-black'
    when f.offence_on is not null then 'offence'
    when ${days} >= ${whole(colour.red.arrearsDays)} then 'arrears-red'
    when ${days} >= ${whole(colour.yellow.arrearsDays)} then 'arrears-yellow'
    when f.oldest_days > 0 then 'arrears-deferred'
    when f.late_bills >= ${whole(colour.yellow.lateBills)} then 'often-late'
    when f.late_bills > 0 then 'late-within-year'
    when ${isNew} then 'new-customer'
    else 'clean-year' end`;
  return `${gradeCode} as code, ${colourCode} as colour_code`;
}

/** The letter and the watch that a reason stands for, over a row with `code`. */
export const LETTER = `case code
    when 'offence' then 'D' when 'arrears-over-two-months' then 'D' when 'arrears-over-one-month' then 'C'
    when 'clean-year' then 'A' else 'B' end`;
export const WATCH = `code in ('offence', 'arrears-over-two-months', 'arrears-over-one-month', 'arrears-within-one-month', 'arrears-deferred')`;

export const COLOUR = `case colour_code
    when 'fresh-offence' then 'black' when 'arrears-black' then 'black'
    when 'offence' then 'red' when 'arrears-red' then 'red'
    when 'arrears-yellow' then 'yellow' when 'arrears-deferred' then 'yellow' when 'often-late' then 'yellow'
    when 'clean-year' then 'green' else 'blue' end`;

/** Place of a colour, 0 the best, for comparing in SQL; letters compare as they are. */
export const colourPlace = (column: string): string =>
  `array_position(array['green', 'blue', 'yellow', 'red', 'black'], ${column})`;

/** A CTE list that ends with `worded`: facts, reasons, letter and colour of each account, by the parameters of `factsSql`. */
export const wordedSql = (policy: CreditPolicy, knowledge: Knowledge, reach: Reach): string => `
${factsSql(policy.grade, knowledge, reach)},
coded as (select f.*, ${gradeColumns(policy)} from facts f),
worded as (select c.*, ${LETTER} as grade, ${WATCH} as watch, ${COLOUR} as colour from coded c)`;
