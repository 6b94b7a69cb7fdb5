import { addDays, laterOf, type CivilDate } from '../calendar/civil-date.ts';
import { civilDateAt } from '../calendar/shanghai-time.ts';
import type { Policy } from '../parameters/policy.ts';
import type { Reason } from '../verdict.ts';
import { daysBeforeService, type DaysBeforeService } from './days-before-service.ts';
import type { PlanBill, PlanFacts } from './facts.ts';
import { namedDebtOn } from './is-overdue-long-enough.ts';
import { isStopDayAllowed } from './is-stop-day-allowed.ts';
import { startMinuteOf } from './start-minute.ts';

/** One day on which the red notice may be served, and the stop that follows from it. */
export interface Candidate {
  readonly serviceDate: CivilDate;
  readonly stopDate: CivilDate;
  readonly startMinute: number;
  readonly ticketDate: CivilDate;
  readonly lastPaymentDate: CivilDate;
}

export interface NamedBill {
  readonly billId: string;
  readonly openFen: number;
  readonly dueDate: CivilDate;
}

export interface PlannedStop {
  readonly kind: 'planned';
  readonly candidates: readonly Candidate[];
  readonly namedBills: readonly NamedBill[];
  readonly namedPrincipalFen: number;
  readonly intervalMinutes: number;
  /** The yellow notice is to be served by then; null = it stands. */
  readonly yellowDueDate: CivilDate | null;
  readonly approvalDate: CivilDate;
}

export type StopPlan =
  | PlannedStop
  | { readonly kind: 'none'; readonly reasons: readonly Reason[]; readonly tryAgainDate: CivilDate };

const none = (reasons: readonly Reason[], tryAgainDate: CivilDate): StopPlan => ({
  kind: 'none',
  reasons,
  tryAgainDate,
});

/** First of each kind of fault, so that an answer stays short. */
const firstOfEachCode = (reasons: readonly Reason[]): Reason[] => [
  ...new Map(reasons.toReversed().map((reason) => [reason.code, reason])).values(),
];

const candidateOf = (stopDate: CivilDate, startMinute: number, policy: Policy): Candidate => ({
  serviceDate: addDays(stopDate, -policy.noticeDays),
  stopDate,
  startMinute,
  ticketDate: addDays(stopDate, -1),
  lastPaymentDate: addDays(stopDate, -1),
});

/** The first day from which the debt is large enough and overdue long enough (L2.30); undefined: none up to `to`. */
function firstDayOfDebt(
  bills: readonly PlanBill[],
  from: CivilDate,
  to: CivilDate,
  policy: Policy,
): CivilDate | undefined {
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const { principalFen } = namedDebtOn(day, bills, policy);
    if (principalFen >= policy.minimumDebtFen && principalFen > 0) return day;
  }
  return undefined;
}

function stopDatesFrom(from: CivilDate, to: CivilDate, facts: PlanFacts, policy: Policy) {
  const stopDates: CivilDate[] = [];
  const faults: Reason[] = [];
  for (let day = from; day <= to && stopDates.length < policy.candidateDays; day = addDays(day, 1)) {
    const first = stopDates[0];
    if (first !== undefined && day > addDays(first, policy.candidateSpanDays)) break;
    const verdict = isStopDayAllowed(day, facts, policy);
    if (verdict.outcome === 'permitted') stopDates.push(day);
    else faults.push(...verdict.reasons, ...(verdict.outcome === 'undetermined' ? verdict.missing : []));
  }
  return { stopDates, faults };
}

/** Planned from the day backwards: the first allowed days on which the debt may lead to a stop. */
function plan(before: DaysBeforeService, facts: PlanFacts, policy: Policy): StopPlan {
  const tomorrow = addDays(civilDateAt(facts.todayMs), 1);
  const from = addDays(before.earliestServiceDate, policy.noticeDays);
  const to = laterOf(from, addDays(civilDateAt(facts.todayMs), policy.horizonDays));
  const debtDay = firstDayOfDebt(facts.bills, from, to, policy);
  if (debtDay === undefined) {
    const params = { date: to, minimumDebtFen: policy.minimumDebtFen };
    return none([{ code: 'no-bill-may-cause-stop', clause: 'L2.30', params }], addDays(tomorrow, 6));
  }
  const startMinute = startMinuteOf(policy, facts.customerClass, facts.slot ?? 0);
  if (startMinute === undefined) return none([{ code: 'no-start-time', clause: 'L2.pre' }], tomorrow);
  const { stopDates, faults } = stopDatesFrom(debtDay, to, facts, policy);
  const first = stopDates[0];
  if (first === undefined) {
    const why = { code: 'no-stop-day', clause: 'T2.2', params: { from: debtDay, to } };
    return none([why, ...firstOfEachCode(faults)], tomorrow);
  }
  const named = namedDebtOn(first, facts.bills, policy);
  return {
    kind: 'planned',
    candidates: stopDates.map((date) => candidateOf(date, startMinute, policy)),
    namedBills: named.bills.map(({ billId, openFen, dueDate }) => ({ billId, openFen, dueDate })),
    namedPrincipalFen: named.principalFen,
    intervalMinutes: policy.intervalMinutes,
    yellowDueDate: before.yellowDueDate,
    approvalDate: before.approvalDate,
  };
}

/**
 * Chooses the stop day first and plans everything backwards from it (T2.0–T2.3, L2.30): up to three days on which the red
 * notice may be served, each with its own stop day; the named debt is what may lead to a stop on the first of them.
 */
export function chooseStopPlan(facts: PlanFacts, policy: Policy): StopPlan {
  const today = civilDateAt(facts.todayMs);
  const before = daysBeforeService(today, facts.yellowServedOn, facts.calendar, policy);
  if (before !== undefined) return plan(before, facts, policy);
  return none([{ code: 'no-approval-day', clause: 'T2.0', params: { from: today } }], addDays(today, 1));
}
