import type { CivilDate } from '../calendar/civil-date.ts';

export type NoticeKind = 'first-dunning' | 'yellow' | 'red';
export type ServiceMethod = 'signature' | 'photo' | 'refusal' | 'electronic' | 'letter' | 'not-served';

/** What somebody reports about the service of one notice, and what it is measured against. */
export interface ServiceFacts {
  readonly kind: NoticeKind;
  readonly method: ServiceMethod;
  /** Moment of service (electronic: of arrival), case time. */
  readonly occurredAtMs: number;
  readonly nowMs: number;
  /** When the notice was written, case time; nothing is served before. */
  readonly preparedAtMs: number;
  readonly noticeStatus: 'prepared' | 'served' | 'not-served' | 'stale';
  /** Meter number read at the door; null where nobody was there. */
  readonly meterNoSeen: string | null;
  readonly accountMeterNo: string;
  /** Stored pictures: the signed sheet, the notice at the door. */
  readonly proofCount: number;
  readonly hasWitness: boolean;
  /** The circumstances of a refusal are written down. */
  readonly hasCircumstances: boolean;
  /** The agreement to the address used, null where there is none (L8). */
  readonly agreedAddress: { readonly agreedOn: CivilDate; readonly revokedOn: CivilDate | null } | null;
  /** What the carrier said of this very message. `accepted` is not served. */
  readonly receipt: 'none' | 'accepted' | 'delivered' | 'failed';
  /** Days on which this notice left for the e-address; a red notice is written anew for each of its days. */
  readonly sentOn: readonly CivilDate[];
  /** Days on which the red notice may be served; null = any day. */
  readonly candidateDates: readonly CivilDate[] | null;
  /** The customer says at the door that it is paid. */
  readonly claimsPaid: boolean;
}
