import { civilDate, type CivilDate } from '../calendar/civil-date.ts';
import { datedTable } from './dated-table.ts';

/** After how long the watch calls something late or stuck. Our own defaults [D]; the law's deadlines are in law.ts. */
export interface WatchLimits {
  /** A case may be so many minutes behind its planned step before an alarm stands. */
  readonly caseGraceMinutes: number;
  /** Planning may look for a day this long before somebody looks at why there is none. */
  readonly planningDays: number;
  /** After the last hold ended, an attempt rests one day; a case at rest for longer than this is stuck. */
  readonly restDays: number;
  /** Restoration and stand-down may not lie in the outbox for longer. */
  readonly urgentOutboxSeconds: number;
  /** Signals to cases. */
  readonly caseOutboxSeconds: number;
  /** The rest of the outbox. */
  readonly otherOutboxSeconds: number;
  /** From the trigger to the procedure that restores. */
  readonly restorationBeginSeconds: number;
  /** Between two runs of the payment watch (T3.2), which strikes every quarter of an hour. */
  readonly paymentWatchSeconds: number;
  /** A case that was launched has opened its books by then. */
  readonly bookSeconds: number;
}

const TABLE = datedTable<WatchLimits>('watchLimits', [
  {
    from: civilDate('2026-01-01'),
    to: null,
    clause: 'T3.2',
    source: 'Own default: what an operator can still mend before a deadline of T is missed',
    value: {
      caseGraceMinutes: 60,
      planningDays: 35,
      restDays: 14,
      urgentOutboxSeconds: 60,
      caseOutboxSeconds: 600,
      otherOutboxSeconds: 21_600,
      restorationBeginSeconds: 120,
      paymentWatchSeconds: 3_600,
      bookSeconds: 600,
    },
  },
]);

/** @throws RangeError for an uncovered day */
export const watchLimitsAt = (onDate: CivilDate): WatchLimits => TABLE(onDate).value;
