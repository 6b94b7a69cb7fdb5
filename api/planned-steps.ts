import type { CaseHead, readNotices, readPlans } from '../db/reads/case-file.ts';
import { civilDate } from '../rules/calendar/civil-date.ts';
import { epochMsOf } from '../rules/calendar/shanghai-time.ts';

type Plan = Awaited<ReturnType<typeof readPlans>>[number];
type Notice = Awaited<ReturnType<typeof readNotices>>[number];

const MINUTE_MS = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/** What is still to come in this attempt if nothing intervenes; moments in case time. */
export function plannedSteps(
  head: CaseHead,
  plans: readonly Plan[],
  notices: readonly Notice[],
): { at: string; step: string }[] {
  const plan = plans.at(-1);
  if (
    head.status === 'closed' ||
    plan === undefined ||
    !['planned', 'approved', 'fixed'].includes(plan.status)
  )
    return [];
  const red = notices.find((notice) => notice.kind === 'red' && notice.attempt === plan.attempt);
  const steps: { at: string; step: string }[] = [];
  if (plan.stopAt === null)
    for (const { serviceDate, stopDate, startMinute } of plan.candidates) {
      steps.push({ at: iso(epochMsOf(civilDate(serviceDate), 0)), step: 'serve-red' });
      steps.push({ at: iso(epochMsOf(civilDate(stopDate), startMinute)), step: 'stop-possible' });
    }
  else {
    const stopMs = Date.parse(plan.stopAt);
    const chosen = plan.candidates.find((c) => epochMsOf(civilDate(c.stopDate), c.startMinute) === stopMs);
    if (red !== undefined && red.lastPaymentOn !== null)
      steps.push({ at: iso(epochMsOf(civilDate(red.lastPaymentOn), 0)), step: 'last-payment-day' });
    if (chosen !== undefined)
      steps.push({ at: iso(epochMsOf(civilDate(chosen.ticketDate), 540)), step: 'work-ticket' });
    steps.push({ at: iso(stopMs - 45 * MINUTE_MS), step: 'call-customer' });
    steps.push({ at: iso(stopMs - 30 * MINUTE_MS), step: 'last-check' });
    steps.push({ at: plan.stopAt, step: 'stop' });
    steps.push({ at: iso(stopMs + plan.intervalMinutes * MINUTE_MS), step: 'interval-ends' });
  }
  return steps.filter((step) => step.at > head.nowAt).sort((a, b) => (a.at < b.at ? -1 : 1));
}
