import { verdictOf, type Reason, type Verdict } from '../verdict.ts';
import { areFactsFresh } from './are-facts-fresh.ts';
import { didSomebodyKnow } from './did-somebody-know.ts';
import { STOP_STAGES, type Finding, type StopFacts, type StopStage } from './facts.ts';
import { hasAuthoritySigned } from './has-authority-signed.ts';
import { hasLateFeeAccrued } from './has-late-fee-accrued.ts';
import { isApproved } from './is-approved.ts';
import { isAttemptAlive } from './is-attempt-alive.ts';
import { isDunnedOnce, isDunnedTwice } from './is-dunned-twice.ts';
import { isExecutorIndependent } from './is-executor-independent.ts';
import { isMoneyInFlight } from './is-money-in-flight.ts';
import { isNamedDebtOpen } from './is-named-debt-open.ts';
import { isOnHold } from './is-on-hold.ts';
import { isOverdueLongEnough } from './is-overdue-long-enough.ts';
import { isProtected } from './is-protected.ts';
import { isRedNoticeValid } from './is-red-notice-valid.ts';
import { isRightMeter } from './is-right-meter.ts';
import { isShielded } from './is-shielded.ts';
import { isStageInTime } from './is-stage-in-time.ts';
import { isTicketLive } from './is-ticket-live.ts';
import { isWeatherCalm } from './is-weather-calm.ts';
import { isWindow } from './is-window.ts';
import { wasSecondNoticeGiven } from './was-second-notice-given.ts';

type Question = (facts: StopFacts) => Finding;

/** Each question with the stage from which on it is asked; once asked, it is asked at every later stage too. */
const QUESTIONS: readonly (readonly [from: StopStage, question: Question])[] = [
  ['plan', isAttemptAlive],
  ['plan', isNamedDebtOpen],
  ['plan', isOverdueLongEnough],
  ['plan', isDunnedOnce],
  ['plan', isMoneyInFlight],
  ['plan', isShielded],
  ['plan', isOnHold],
  ['plan', isProtected],
  ['red', isDunnedTwice],
  ['red', hasLateFeeAccrued],
  ['red', isApproved],
  ['red', areFactsFresh],
  ['ticket', isRedNoticeValid],
  ['ticket', isWindow],
  ['ticket', isWeatherCalm],
  ['ticket', hasAuthoritySigned],
  ['T-45', isTicketLive],
  ['T-30', wasSecondNoticeGiven],
  ['T-30', didSomebodyKnow],
  ['T-0', isRightMeter],
  ['T-0', isExecutorIndependent],
];

const rank = (stage: StopStage): number => STOP_STAGES.indexOf(stage);

/** One reason once, however many questions gave it. */
function distinct(reasons: readonly Reason[]): Reason[] {
  const seen = new Map(
    reasons.map((reason) => [`${reason.code} ${JSON.stringify(reason.params ?? {})}`, reason]),
  );
  return [...seen.values()];
}

/**
 * May this supply be stopped, as far as the stage is concerned (T2, T3.4, L2)? Every question that is due is asked, every
 * reason is returned, and whatever is not known is no permission.
 */
export function mayStop(facts: StopFacts, stage: StopStage): Verdict {
  const findings = QUESTIONS.filter(([from]) => rank(from) <= rank(stage)).map(([, question]) =>
    question(facts),
  );
  findings.push(isStageInTime(facts, stage));
  return verdictOf(
    distinct(findings.flatMap((finding) => finding.reasons)),
    distinct(findings.flatMap((finding) => finding.missing)),
  );
}
