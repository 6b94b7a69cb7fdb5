import type { Mutation } from './mutation.ts';

const pure = (guard: string, file: string, from: string, to: string, test: string): Mutation => ({
  ...{ guard, file: `rules/${file}`, from, to, project: 'pure', test: `test/rules/${test}` },
});
const STOP = 'stop/may-stop.test.ts';
const NEVER = 'never/never.test.ts';

/** Every question before a stop, forgotten one by one. */
const QUESTIONS: readonly (readonly [from: string, name: string, test: string])[] = [
  ['plan', 'isAttemptAlive', STOP],
  ['plan', 'isNamedDebtOpen', STOP],
  ['plan', 'isOverdueLongEnough', STOP],
  ['plan', 'isDunnedOnce', STOP],
  ['plan', 'isMoneyInFlight', STOP],
  ['plan', 'isShielded', STOP],
  ['plan', 'isOnHold', STOP],
  ['plan', 'isProtected', STOP],
  ['red', 'isDunnedTwice', STOP],
  ['red', 'hasLateFeeAccrued', STOP],
  ['red', 'isApproved', STOP],
  ['red', 'areFactsFresh', STOP],
  ['ticket', 'isRedNoticeValid', STOP],
  ['ticket', 'isWindow', STOP],
  ['ticket', 'isWeatherCalm', STOP],
  ['ticket', 'hasAuthoritySigned', STOP],
  ['T-45', 'isTicketLive', STOP],
  ['T-30', 'wasSecondNoticeGiven', STOP],
  ['T-30', 'didSomebodyKnow', STOP],
  ['T-0', 'isRightMeter', STOP],
  ['T-0', 'isExecutorIndependent', STOP],
];

const forgotten = QUESTIONS.map(([from, name, test]) =>
  pure(`${name} is asked`, 'stop/may-stop.ts', `  ['${from}', ${name}],\n`, '', test),
);

/** Guards of the law. */
const law: readonly Mutation[] = [
  pure(
    'the step comes at its own time',
    'stop/may-stop.ts',
    '  findings.push(isStageInTime(facts, stage));\n',
    '',
    STOP,
  ),
  pure(
    'billing is younger than a minute',
    'stop/are-facts-fresh.ts',
    'age <= policy.factsFreshSeconds',
    'age <= policy.factsFreshSeconds * 60',
    STOP,
  ),
  pure(
    'the interval has an end',
    'stop/is-inside-interval.ts',
    'nowMs >= stopAtMs && nowMs < endMs',
    'nowMs >= stopAtMs',
    STOP,
  ),
  pure(
    'the notice period is seven days',
    'stop/is-red-notice-valid.ts',
    'if (order < 0)',
    'if (order < -1)',
    STOP,
  ),
  pure('a notice goes stale', 'stop/is-red-notice-valid.ts', 'if (order > 0)', 'if (order > 9)', STOP),
  pure(
    'principal may not rise',
    'approval/is-approval-still-bound.ts',
    'act.principalFen > bound.principalFen',
    'act.principalFen > bound.principalFen * 2',
    'approval/approval.test.ts',
  ),
  pure(
    'the applicant does not approve',
    'approval/may-approve.ts',
    'facts.approverId === facts.applicantId',
    "facts.approverId === ''",
    NEVER,
  ),
  pure(
    'one person signs once',
    'approval/may-approve.ts',
    "reasons.push({ code: 'already-signed', clause: 'T3.4' });",
    'reasons.push();',
    'approval/approval.test.ts',
  ),
  pure(
    'a signature has proof',
    'service/is-notice-served.ts',
    "case 'photo':\n      return facts.proofCount > 0",
    "case 'photo':\n      return facts.proofCount >= 0",
    'service/is-notice-served.test.ts',
  ),
  pure(
    'service at the right meter',
    'service/is-notice-served.ts',
    'facts.meterNoSeen !== facts.accountMeterNo',
    'facts.meterNoSeen === undefined',
    'service/is-notice-served.test.ts',
  ),
  pure(
    'thirty days overdue',
    'plan/is-overdue-long-enough.ts',
    'stopDate >= earliestStopDate(bill.dueDate, policy)',
    'stopDate >= bill.dueDate',
    'plan/laws.test.ts',
  ),
  pure(
    'only electricity',
    'plan/is-overdue-long-enough.ts',
    "bill.service === 'electricity' && ",
    '',
    'plan/laws.test.ts',
  ),
  pure(
    'no stop without a way back',
    'plan/is-stop-day-allowed.ts',
    'free.restoresFree < 1',
    'free.restoresFree < 0',
    'plan/laws.test.ts',
  ),
  pure(
    'not on the eve of a day off',
    'plan/is-stop-day-allowed.ts',
    "if (morrow === 'off')",
    "if (morrow === 'undetermined')",
    'plan/laws.test.ts',
  ),
  pure(
    'no stop under a shield',
    'plan/is-stop-day-allowed.ts',
    'if (from <= date && date <= to)',
    'if (from === to && date === to)',
    'plan/laws.test.ts',
  ),
  pure(
    'a closed relay is no proof',
    'restore/is-supply-proven.ts',
    "? verdictOf([], [{ code: 'voltage-not-read', clause: 'T3.3' }])",
    '? verdictOf([], [])',
    'restore/restore.test.ts',
  ),
  pure(
    'exactly the stopped are restored',
    'restore/is-restoration-owed.ts',
    'if (!facts.isInForce) return [];',
    'if (facts.isInForce) return [];',
    'restore/restore.test.ts',
  ),
  pure(
    '24 hours',
    'restore/restoration-deadline.ts',
    'causeAtMs + hours * HOUR_MS',
    'causeAtMs + 2 * hours * HOUR_MS',
    NEVER,
  ),
  pure(
    'a stop without permit is wrongful',
    'stop/classify-stop.ts',
    "if (permit === null) return [{ code: 'stopped-without-permit', clause }];",
    'if (permit === null) return [];',
    'stop/classify-stop.test.ts',
  ),
  pure(
    'a permit runs out',
    'stop/classify-stop.ts',
    'executedAtMs >= permit.expiresAtMs',
    'executedAtMs < 0',
    NEVER,
  ),
  pure(
    'the wrong meter is wrongful',
    'stop/classify-stop.ts',
    'stop.meterNo !== stop.accountMeterNo',
    "stop.meterNo === ''",
    NEVER,
  ),
  pure(
    'a race is told apart',
    'stop/classify-stop.ts',
    'payment.occurredAtMs <= stop.executedAtMs',
    'payment.occurredAtMs < 0',
    'stop/classify-stop.test.ts',
  ),
  pure(
    'holds last until their end',
    'holds/is-holding.ts',
    'nowMs < hold.untilMs',
    'nowMs > hold.untilMs',
    'holds/holds.test.ts',
  ),
  pure(
    'an order is lifted by an authority',
    'holds/what-ends-a-hold.ts',
    "'authority-order': ['order-lifted']",
    "'authority-order': ['order-lifted', 'paid']",
    'holds/holds.test.ts',
  ),
];

export const OF_RULES: readonly Mutation[] = [...forgotten, ...law];
