import type { CivilDate } from '../calendar/civil-date.ts';

/** What an approval was given for. It stays good only for this, or for less money (T3.4). */
export interface ApprovalBound {
  readonly accountId: string;
  readonly meterNo: string;
  readonly debtorId: string;
  readonly billIds: readonly string[];
  /** Named principal at the time of asking, whole fen: may fall, never rise. */
  readonly principalFen: number;
  /** Days on which the stop may happen, each with its T in minutes since midnight. */
  readonly slots: readonly { readonly stopDate: CivilDate; readonly startMinute: number }[];
  readonly intervalMinutes: number;
}

/** A role handed from one person to another for a time. */
export interface Delegation {
  readonly delegationId: string;
  readonly fromPerson: string;
  readonly toPerson: string;
  readonly role: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** One person's wish to decide on one approval. */
export interface ApproverFacts {
  readonly nowMs: number;
  readonly status: 'pending' | 'approved' | 'refused' | 'expired' | 'void';
  readonly expiresAtMs: number;
  readonly applicantId: string;
  readonly requiredRoles: readonly string[];
  readonly approverId: string;
  /** Roles of the approver's own token. */
  readonly approverRoles: readonly string[];
  readonly delegations: readonly Delegation[];
  /** Signatures so far. */
  readonly decided: readonly {
    readonly role: string;
    readonly approverId: string;
    readonly forPerson: string;
  }[];
}
