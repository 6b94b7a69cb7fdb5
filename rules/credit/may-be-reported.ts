import type { CivilDate } from '../calendar/civil-date.ts';
import { verdictOf, type Reason, type Verdict } from '../verdict.ts';

/** What is known of a record that somebody wants to report to the public credit platform. */
export interface ReportFacts {
  /** null: nobody has established it; then the customer counts as a person. */
  readonly partyKind: 'person' | 'firm' | null;
  readonly identityVerified: boolean;
  /** The unified social credit code is there and its check character fits. */
  readonly codeValid: boolean;
  /** What is reported is established: a decision with a number, or a grade nobody has to decide on any more. */
  readonly confirmed: boolean;
  /** The record was annulled, or the grade holds no longer. */
  readonly stillHolds: boolean;
  /** Anything of this customer's is under objection (L5). */
  readonly objectionOpen: boolean;
  /** A bill behind it is disputed: unconfirmed utility debt is no ground (L6). */
  readonly debtDisputed: boolean;
  /** The legal basis named for it. */
  readonly basis: {
    readonly signed: boolean;
    readonly revoked: boolean;
    readonly from: CivilDate;
    readonly to: CivilDate | null;
  } | null;
  readonly today: CivilDate;
}

/** What must be true besides, at the moment of sending. */
export interface SendFacts extends ReportFacts {
  readonly proposedBy: string;
  readonly approvedBy: string | null;
  /** The firm was told: day of proven service; null = not yet. */
  readonly noticeServedOn: CivilDate | null;
  readonly noticeUntil: CivilDate | null;
}

const because = (code: string, clause: string): Reason => ({ code, clause });

function basisReasons({ basis, today }: ReportFacts): Reason[] {
  if (basis === null || !basis.signed) return [because('no-signed-basis', 'L6')];
  if (basis.revoked) return [because('basis-revoked', 'L6')];
  const isInForce = basis.from <= today && (basis.to === null || today <= basis.to);
  return isInForce ? [] : [because('basis-not-in-force', 'L6')];
}

function reasons(facts: ReportFacts): Reason[] {
  return [
    ...(facts.partyKind === 'firm' ? [] : [because('personal-debtor', 'L6')]),
    ...(facts.identityVerified ? [] : [because('identity-not-verified', 'H3')]),
    ...(facts.codeValid ? [] : [because('no-social-credit-code', 'H3')]),
    ...(facts.confirmed ? [] : [because('not-confirmed', 'L6')]),
    ...(facts.stillHolds ? [] : [because('holds-no-longer', 'H4')]),
    ...(facts.objectionOpen ? [because('under-objection', 'L5')] : []),
    ...(facts.debtDisputed ? [because('debt-disputed', 'L6')] : []),
    ...basisReasons(facts),
  ];
}

/** May this record be proposed for the platform at all (H4, L6)? A personal debtor never. */
export const mayBeReported = (facts: ReportFacts): Verdict => verdictOf(reasons(facts), []);

/** May it leave now? Asked again right before sending: everything above, four eyes, and the firm was told in time. */
export function mayLeaveNow(facts: SendFacts): Verdict {
  const { approvedBy, proposedBy, noticeServedOn, noticeUntil, today } = facts;
  const late = [
    ...(approvedBy === null ? [because('approval-pending', 'L7')] : []),
    ...(approvedBy === proposedBy ? [because('four-eyes', 'L6')] : []),
    ...(noticeServedOn === null ? [because('firm-not-told', 'L6')] : []),
    ...(noticeServedOn !== null && (noticeUntil === null || today <= noticeUntil)
      ? [because('notice-period-runs', 'L6')]
      : []),
  ];
  return verdictOf([...reasons(facts), ...late], []);
}
