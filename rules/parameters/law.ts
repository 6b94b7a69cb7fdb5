import { civilDate, type CivilDate } from '../calendar/civil-date.ts';
import { datedTable, type DatedTable } from './dated-table.ts';

/** Version of rules and law tables together; stored beside every decision. */
export const RULEBOOK_VERSION = '2026.11';

/** What the law allows at most, or demands at least, on one day. */
export interface Law {
  /** A stop is possible from due date + this many days: more than 30 days overdue, read strictly. */
  readonly stopAfterDueDays: number;
  /** Whole days between the proven service of the red notice and the stop. */
  readonly noticeDays: number;
  /** Minutes before the stop at which the customer has been told once more. */
  readonly secondNoticeMinutes: number;
  readonly restoreHours: number;
  readonly stopDisputeWorkingDays: number;
  readonly billingDisputeWorkingDays: number;
  /** A contract's late fee has to lie between these, permille a day. */
  readonly contractPermille: { readonly min: number; readonly max: number };
  readonly lateFeePermille: {
    readonly resident: { readonly sameYear: number; readonly carriedOver: number };
    readonly nonResident: { readonly sameYear: number; readonly carriedOver: number };
  };
  /** Smallest late fee of one bill, whole fen. */
  readonly minimumLateFeeFen: number;
}

const rules1996 = civilDate('1996-10-08');
const endOf1996Rules = civilDate('2024-05-31');
const rules2024 = civilDate('2024-06-01');
const untilNow = <T>(from: CivilDate, value: T, clause: string, source: string) =>
  ({ from, to: null, value, clause, source }) as const;

/** Each number on its own, with its days and its source. */
export const LAW_TABLES: { readonly [K in keyof Law]: DatedTable<Law[K]> } = {
  stopAfterDueDays: datedTable('stopAfterDueDays', [
    untilNow(
      rules1996,
      32,
      'L2.30',
      'Electricity Supply and Use Regulations 39; Civil Code 654; strict reading of "more than 30 days"',
    ),
  ]),
  noticeDays: datedTable('noticeDays', [
    untilNow(
      rules1996,
      7,
      'T2.2',
      'Stop-supply collection procedure T2.2; Supply Business Rules (3 to 7 days): the stricter one',
    ),
  ]),
  secondNoticeMinutes: datedTable('secondNoticeMinutes', [
    untilNow(rules1996, 30, 'L2.pre', 'Supply Business Rules: 30 minutes before the stop'),
  ]),
  restoreHours: datedTable('restoreHours', [
    untilNow(rules2024, 24, 'L3', 'Supply Business Rules of 2024: restore within 24 hours'),
  ]),
  stopDisputeWorkingDays: datedTable('stopDisputeWorkingDays', [
    untilNow(rules2024, 3, 'L5', 'provincial rules: dispute about a stop'),
  ]),
  billingDisputeWorkingDays: datedTable('billingDisputeWorkingDays', [
    untilNow(rules2024, 5, 'L5', 'provincial rules: dispute about a bill'),
  ]),
  contractPermille: datedTable('contractPermille', [
    untilNow(rules1996, { min: 1, max: 3 }, 'L4', 'Electricity Supply and Use Regulations 39'),
  ]),
  lateFeePermille: datedTable('lateFeePermille', [
    untilNow(
      rules1996,
      { resident: { sameYear: 1, carriedOver: 1 }, nonResident: { sameYear: 2, carriedOver: 3 } },
      'L4',
      'Supply Business Rules (1996: art. 98), late fee for overdue charges',
    ),
  ]),
  minimumLateFeeFen: datedTable('minimumLateFeeFen', [
    {
      from: rules1996,
      to: endOf1996Rules,
      value: 100,
      clause: 'L4',
      source: 'Supply Business Rules 1996 art. 98: at least ¥1',
    },
    untilNow(
      rules2024,
      0,
      'L4',
      'Supply Business Rules of 2024; minimum believed dropped, to be confirmed by a legal owner',
    ),
  ]),
};

/** The law of one day. @throws RangeError for a day that a table does not cover */
export function lawAt(date: CivilDate): Law {
  return {
    stopAfterDueDays: LAW_TABLES.stopAfterDueDays(date).value,
    noticeDays: LAW_TABLES.noticeDays(date).value,
    secondNoticeMinutes: LAW_TABLES.secondNoticeMinutes(date).value,
    restoreHours: LAW_TABLES.restoreHours(date).value,
    stopDisputeWorkingDays: LAW_TABLES.stopDisputeWorkingDays(date).value,
    billingDisputeWorkingDays: LAW_TABLES.billingDisputeWorkingDays(date).value,
    contractPermille: LAW_TABLES.contractPermille(date).value,
    lateFeePermille: LAW_TABLES.lateFeePermille(date).value,
    minimumLateFeeFen: LAW_TABLES.minimumLateFeeFen(date).value,
  };
}
