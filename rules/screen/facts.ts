import type { CivilDate } from '../calendar/civil-date.ts';

/** One bill of the mirror as screening looks at it; whole fen. */
export interface ScreenBill {
  readonly billId: string;
  readonly service: 'electricity' | 'water' | 'other';
  readonly openFen: number;
  readonly dueDate: CivilDate;
  readonly disputed: boolean;
}

/** Everything screening needs to know of one account on one day. */
export interface ScreenFacts {
  readonly today: CivilDate;
  readonly category:
    | 'resident'
    | 'non-resident'
    | 'dedicated-transformer'
    | 'important'
    | 'continuous-process'
    | 'master-meter';
  /** Bills of this account only. */
  readonly bills: readonly ScreenBill[];
  /** null: nobody has asked yet (L11). */
  readonly protection: 'none' | 'registered' | null;
  readonly prepaidContract: boolean;
  readonly movedOutOn: CivilDate | null;
  readonly hasOpenCase: boolean;
  /** Supply is already off. */
  readonly hasStopInForce: boolean;
  /** Holds that have not ended. */
  readonly holds: readonly { readonly kind: string }[];
  /** Orders that forbid a stop of this account, whole days, both ends included. */
  readonly shields: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  /** Money a channel has taken and billing has not posted, or posted and not allocated. */
  readonly inFlightFen: number;
}
