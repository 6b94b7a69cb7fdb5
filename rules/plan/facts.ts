import type { Calendar } from '../calendar/working-day.ts';
import type { CivilDate } from '../calendar/civil-date.ts';

/** One bill as the mirror of billing knows it. */
export interface PlanBill {
  readonly billId: string;
  /** Unpaid principal, whole fen. */
  readonly openFen: number;
  readonly dueDate: CivilDate;
  readonly service: 'electricity' | 'water' | 'other';
  readonly disputed: boolean;
}

export type WeatherLevel = 'none' | 'blue' | 'yellow' | 'orange' | 'red';

/** What crews of one day still have free. */
export interface DayCapacity {
  readonly stopsFree: number;
  readonly restoresFree: number;
}

/** What a day is judged by. */
export interface DayFacts {
  readonly calendar: Calendar;
  /** Shields that forbid a stop of this account, both ends included (L10). */
  readonly shields: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  /** Warnings in force by day; no entry = none is given out. */
  readonly weather: Readonly<Record<string, WeatherLevel>>;
}

export interface PlanFacts extends DayFacts {
  /** Case time, epoch ms. */
  readonly todayMs: number;
  readonly bills: readonly PlanBill[];
  /** By day; a day that is missing was never entered, so nothing may be planned on it. */
  readonly capacity: Readonly<Record<string, DayCapacity>>;
  readonly yellowServedOn: CivilDate | null;
  readonly customerClass: 'resident' | 'non-resident';
  /** Any whole number: spreads the start times of different accounts over the window. */
  readonly slot?: number;
}
