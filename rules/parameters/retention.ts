import { civilDate, type CivilDate } from '../calendar/civil-date.ts';
import { datedTable } from './dated-table.ts';

/** How long data of people is kept, and no longer. */
export interface Retention {
  /** After the last act of an account that may be evidence of a debt, a stop or a payment. */
  readonly evidenceYears: number;
  /** Bad rows of an arrears file, as they stood in it, wait to be mended. */
  readonly badRowDays: number;
  /** Answers that are kept so that a request sent twice gets the first one. */
  readonly answerDays: number;
}

const TABLE = datedTable<Retention>('retention', [
  {
    from: civilDate('2021-01-01'),
    to: null,
    clause: 'L9',
    source:
      'Civil Code 188, 195: three years, begun anew by each demand; after it nothing is needed, and Personal Information Protection Law 19 and 47 ask for erasure. Days of mending and repeating: own default [D]',
    value: { evidenceYears: 3, badRowDays: 90, answerDays: 30 },
  },
]);

/** What holds on a day. @throws RangeError for a day that the table does not cover */
export const retentionAt = (date: CivilDate): Retention => TABLE(date).value;
