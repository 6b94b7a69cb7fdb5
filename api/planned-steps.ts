import type { FixedStop } from '../db/plans/read-fixed-stop.ts';
import type { CaseHead, readNotices, readPlans } from '../db/reads/case-file.ts';
import { civilDate } from '../rules/calendar/civil-date.ts';
import { epochMsOf } from '../rules/calendar/shanghai-time.ts';
import { slotOf } from '../rules/plan/slot-of.ts';
import { lastDayTimes } from '../rules/plan/stop-schedule.ts';

type Plan = Awaited<ReturnType<typeof readPlans>>[number];
type Notice = Awaited<ReturnType<typeof readNotices>>[number];

interface Step {
  at: string;
  step: string;
}

const stepAt = (ms: number, step: string): Step => ({ at: new Date(ms).toISOString(), step });

/** Days on which the red notice may be served, each with its stop. */
const candidateSteps = (plan: Plan): Step[] =>
  plan.candidates.flatMap(({ serviceDate, stopDate, startMinute }) => [
    stepAt(epochMsOf(civilDate(serviceDate), 0), 'serve-red'),
    stepAt(epochMsOf(civilDate(stopDate), startMinute), 'stop-possible'),
  ]);

/** The last day as the procedure itself keeps it: an hour earlier or half an hour, by class of customer. */
function lastDaySteps(accountId: string, fixed: FixedStop, red: Notice | undefined): Step[] {
  const { customerClass, intervalMinutes, policy } = fixed;
  const stopAtMs = Date.parse(fixed.stopAt);
  const times = lastDayTimes({ stopAtMs, intervalMinutes, customerClass, slot: slotOf(accountId) }, policy);
  const lastPaymentOn = red?.lastPaymentOn ?? null;
  return [
    ...(lastPaymentOn === null ? [] : [stepAt(epochMsOf(civilDate(lastPaymentOn), 0), 'last-payment-day')]),
    stepAt(times.ticketAtMs, 'work-ticket'),
    stepAt(times.firstCallAtMs, 'call-customer'),
    stepAt(times.lastCheckAtMs, 'last-check'),
    stepAt(times.stopAtMs, 'stop'),
    stepAt(times.endsAtMs, 'interval-ends'),
  ];
}

/** What is still to come in this attempt if nothing intervenes; moments in case time. */
export function plannedSteps(
  head: CaseHead,
  plans: readonly Plan[],
  notices: readonly Notice[],
  fixed: FixedStop | undefined,
): Step[] {
  const plan = plans.at(-1);
  const isAlive = plan !== undefined && ['planned', 'approved', 'fixed'].includes(plan.status);
  if (head.status === 'closed' || !isAlive) return [];
  const red = notices.find((notice) => notice.kind === 'red' && notice.attempt === plan.attempt);
  const steps = fixed === undefined ? candidateSteps(plan) : lastDaySteps(head.accountId, fixed, red);
  const nowMs = Date.parse(head.nowAt);
  return steps
    .filter((step) => Date.parse(step.at) > nowMs)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
