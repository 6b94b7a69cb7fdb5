import type { StepAnswer, StopSchedule } from '../../activities/contract.ts';
import { AttemptSlips, type CaseContext } from './context.ts';

async function tell(c: CaseContext, channel: 'call' | 'sms', round: number): Promise<void> {
  const prepared = await c.own.prepareSecondNotice({ ...c.moment(), channel, round });
  if (prepared !== null) await c.send(prepared.messageId);
}

/** What a check said; whatever is not permission slips the attempt (T2.6). */
function permittedOr<A extends StepAnswer>(answer: A | null): A {
  if (answer === null) throw new AttemptSlips('billing-unreachable');
  if (answer.outcome !== 'permitted') throw new AttemptSlips(answer.reasons[0]?.code ?? answer.outcome);
  return answer;
}

/** The copy for the authority (L2.gov) and the report of large arrears (T3.5). */
async function tellAuthority(c: CaseContext, schedule: StopSchedule): Promise<void> {
  const kinds = [
    ...(schedule.needsAuthority ? (['suspension-copy'] as const) : []),
    ...(schedule.largeArrears ? (['large-arrears'] as const) : []),
  ];
  for (const kind of kinds) {
    const paper = await c.own.preparePaper({ ...c.moment(), kind });
    // Papers wait for hours if they must; without the receipt the stop does not happen.
    await c.papers.submitPaper({ companyId: c.input.companyId, ...paper });
  }
}

/** Raises the ticket on the day before and gives it to the crew; one that no crew was given cannot be carried out (T2.3). */
async function sendTicket(c: CaseContext, toCrew: boolean): Promise<void> {
  const ticket = await c.stepOnBilling((moment) => c.live.sendTicket({ ...moment, toCrew }));
  // Raised, and still no answer: it is the crew system that is out of reach.
  if (ticket === null && (await c.heed()).ticket === 'open')
    throw new AttemptSlips('crew-system-unreachable');
  if (permittedOr(ticket).ticketId === undefined) throw new AttemptSlips('ticket-refused');
}

/** From the served red notice to T-30: ticket on the day before (T2.3), call and second try, check again (T2.4, T2.6). */
export async function beforeTheStop(c: CaseContext): Promise<StopSchedule> {
  c.stage = 'notice-period';
  const schedule = await c.own.scheduleStop(c.moment());
  await tellAuthority(c, schedule);
  await c.waitUntil(schedule.ticketAtMs, () => undefined);
  if (schedule.needsAuthority && !(await c.heed()).authorityReceipt)
    throw new AttemptSlips('authority-receipt-missing');

  c.stage = 'ticket';
  await sendTicket(c, !schedule.remoteSwitch);
  await c.waitUntil(schedule.firstCallAtMs, () => undefined);

  c.stage = 'second-notice';
  const checked = permittedOr(await c.stepOnBilling((moment) => c.live.checkAndCall(moment)));
  if (checked.messageId !== undefined) await c.send(checked.messageId);
  const reached = (l: { customerReached: boolean }) => l.customerReached || undefined;
  let isReached = await c.waitUntil(schedule.secondCallAtMs, reached);
  if (!isReached) {
    await tell(c, 'call', 2);
    isReached = await c.waitUntil(schedule.smsAtMs, reached);
  }
  if (!isReached) await tell(c, 'sms', 1);
  await c.waitUntil(schedule.lastCheckAtMs, () => undefined);
  permittedOr(await c.stepOnBilling((moment) => c.live.lastCheck(moment)));
  return schedule;
}
