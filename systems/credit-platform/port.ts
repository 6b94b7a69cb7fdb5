/** Where the platform has a record. */
export type PlatformState = 'received' | 'accepted' | 'rejected' | 'withdrawn';

/** One record of a firm for the public credit platform (H4). No field names a natural person. */
export interface PlatformRecord {
  /** Makes it one record, however often it is sent. */
  readonly recordKey: string;
  readonly kind: 'grade' | 'colour' | 'record' | 'commitment';
  readonly socialCreditCode: string;
  readonly legalName: string;
  /** Civil date of what is reported. */
  readonly statedOn: string;
  /** Codes, numbers and civil dates only. */
  readonly statement: Readonly<Record<string, string | number | boolean | null>>;
  readonly legalBasis: { readonly document: string; readonly article: string };
  /** Civil date on which the firm was told before. */
  readonly noticeServedOn: string;
}

/** A record as it travels, in the format of docs/credit-export-format.md. */
export interface SealedRecord extends PlatformRecord {
  readonly format: 'fudian-credit/1';
  /** SHA-256 of the canonical form of all other fields, hex. */
  readonly checksum: string;
}

/** The public credit platform of the district (H4): records of firms in, acknowledgements out, and every record back again. */
export interface CreditPlatformPort {
  /** The same key twice is one record. @throws SystemUnavailable | SystemRefused (`record-differs`, `checksum-wrong`, `not-a-firm`) */
  report(record: PlatformRecord): Promise<{ platformId: string }>;
  /** @throws SystemUnavailable | SystemRefused (`unknown-record`) */
  stateOf(platformId: string): Promise<{ state: PlatformState; code: string | null }>;
  /** The id under which the platform has a record of ours; null = it never came. @throws SystemUnavailable */
  find(recordKey: string): Promise<{ platformId: string } | null>;
  /** Takes a record back; twice changes nothing. @throws SystemUnavailable | SystemRefused (`unknown-record`) */
  withdraw(platformId: string, why: { recordKey: string; reason: string }): Promise<void>;
}
