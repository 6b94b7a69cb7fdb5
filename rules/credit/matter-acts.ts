import type { Reason } from '../verdict.ts';

/** Whoever wants to act: did they have a hand in what is decided (L5, L7)? */
export interface Hand {
  readonly by: string;
  readonly hadHand: boolean;
}

/** Every act that a matter knows, each with all reasons against it; none = it may be done. */
export type Acts<A extends string> = Readonly<Record<A, readonly Reason[]>>;

const unless = (isFine: boolean, code: string, clause: string): Reason[] =>
  isFine ? [] : [{ code, clause }];

export interface DowngradeState {
  readonly status: string;
  readonly decidedBy: string | null;
  /** Case time, epoch ms; null = the customer has not been told yet. */
  readonly replyUntilMs: number | null;
  readonly hasReply: boolean;
  readonly replyAnswer: string | null;
}

/** A harmful move (L7): decided by somebody without a hand in it, replied to in time, the reply read by a second person. */
export function downgradeActs(
  state: DowngradeState,
  hand: Hand,
  nowMs: number,
): Acts<'decide' | 'reply' | 'answer-reply'> {
  const isOpen = state.status === 'approved' || state.status === 'noticed';
  const isInTime = state.replyUntilMs === null || nowMs < state.replyUntilMs;
  return {
    decide: [
      ...unless(state.status === 'queued', 'already-decided', 'L7'),
      ...unless(!hand.hadHand, 'four-eyes', 'L7'),
    ],
    reply: unless(isOpen && isInTime, 'not-open-to-reply', 'L7'),
    'answer-reply': [
      ...unless(isOpen, 'not-open-to-reply', 'L7'),
      ...unless(state.hasReply, 'no-reply-yet', 'L7'),
      ...unless(state.replyAnswer === null, 'already-decided', 'L7'),
      ...unless(state.decidedBy !== hand.by, 'four-eyes', 'L7'),
    ],
  };
}

export interface ObjectionState {
  readonly isDecided: boolean;
  readonly filedBy: string;
  /** Somebody outside is asked already: its clock is the longer one. */
  readonly isCheckedOutside: boolean;
  /** Case time, epoch ms. */
  readonly dueAtMs: number;
}

/**
 * An objection (K8.2, L5): decided by somebody who neither took it down nor did what is objected to; longer only where somebody
 * outside is asked, which is said before its day is over.
 */
export function objectionActs(
  state: ObjectionState,
  hand: Hand,
  nowMs: number,
): Acts<'decide' | 'withdraw' | 'check-outside'> {
  const open = unless(!state.isDecided, 'already-decided', 'L5');
  return {
    decide: [...open, ...unless(state.filedBy !== hand.by && !hand.hadHand, 'four-eyes', 'L5')],
    withdraw: open,
    'check-outside': [
      ...open,
      ...unless(!state.isCheckedOutside, 'checked-outside-already', 'L5'),
      ...unless(state.isDecided || nowMs < state.dueAtMs, 'objection-late', 'L5'),
    ],
  };
}

export interface RepairState {
  readonly status: string;
  readonly appliedBy: string;
  readonly verifiedBy: string | null;
}

const REPAIR_OVER: readonly string[] = ['granted', 'refused', 'withdrawn'];

/** A repair (K7): verified by another than who took it down, decided by a third after the clean period. */
export function repairActs(state: RepairState, by: string): Acts<'verify' | 'decide' | 'withdraw'> {
  const isOver = REPAIR_OVER.includes(state.status);
  return {
    verify: [
      ...unless(state.status === 'verifying', 'already-decided', 'K7.2'),
      ...unless(state.appliedBy !== by, 'four-eyes', 'K7.2'),
    ],
    decide: isOver
      ? unless(false, 'already-decided', 'K7.3')
      : [
          ...unless(state.status === 'deciding', 'clean-period-runs', 'K7.1'),
          ...unless(by !== state.verifiedBy && by !== state.appliedBy, 'four-eyes', 'K7.3'),
        ],
    withdraw: unless(!isOver, 'already-decided', 'K7.3'),
  };
}

export interface ExportState {
  readonly status: string;
  readonly proposedBy: string;
}

/** Reports that have not left, or have and were not taken back. */
export const LIVE_EXPORTS: readonly string[] = ['proposed', 'noticed', 'approved', 'sent', 'acknowledged'];

/** A report to the platform (H4, L6): signed by a second person after the firm was told; taken back at any time. */
export function exportActs(state: ExportState, by: string): Acts<'approve' | 'withdraw'> {
  const isTold = state.status !== 'proposed';
  return {
    approve: [
      ...unless(state.proposedBy !== by, 'four-eyes', 'L6'),
      ...unless(isTold, 'firm-not-told', 'L6'),
      ...unless(!isTold || state.status === 'noticed', 'already-decided', 'L6'),
    ],
    withdraw: unless(LIVE_EXPORTS.includes(state.status), 'already-decided', 'H4'),
  };
}
