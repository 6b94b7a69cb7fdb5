import { civilDate } from '../calendar/civil-date.ts';
import { datedTable } from './dated-table.ts';

const sinceRules1996 = civilDate('1996-10-08');

/** Days of each year on which nobody is stopped because of exams, `MM-DD`, both included. */
export const EXAM_DAYS = datedTable('examDays', [
  {
    from: sinceRules1996,
    to: null,
    value: { from: '06-07', to: '06-10' },
    clause: 'L10',
    source: 'default stop window: the days of the university entrance examination',
  },
]);

/** Minute of the day, Shanghai time, at which the centre's day begins: approvals are asked for and tickets raised then. */
export const OFFICE_OPENS_MINUTE = datedTable('officeOpensMinute', [
  {
    from: sinceRules1996,
    to: null,
    value: 540,
    clause: 'T2.3',
    source: 'our default: 09:00, so that whoever has to act has the day before them',
  },
]);

/** Minutes before the stop at which billing is looked at for the last time before the crew asks. */
export const LAST_CHECK_MINUTES = datedTable('lastCheckMinutes', [
  {
    from: sinceRules1996,
    to: null,
    value: 30,
    clause: 'T2.6',
    source: 'Stop-supply collection procedure T2.6: half an hour before acting',
  },
]);
