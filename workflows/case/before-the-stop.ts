import type { StopSchedule } from '../../activities/contract.ts';
import { AttemptSlips, type CaseContext } from './context.ts';

async function tell(c: CaseContext, channel: 'call' | 'sms', round: number): Promise<void> {
  const prepared = await c.own.prepareSecondNotice({ ...c.moment(), channel, round });
  if (prepared !== null) await c.send(prepared.messageId);
}

/** Live check, then the decision on stored facts; whatever is not permission slips the attempt (T2.6). */
async function checkArrears(c: CaseContext, stage: 'T-45' | 'T-30'): Promise<void> {
  if (!(await c.readBilling())) throw new AttemptSlips('billing-unreachable');
  const answer = await c.own.decideStage({ ...c.moment(), stage });
  if (answer.outcome !== 'permitted') throw new AttemptSlips(answer.reasons[0]?.code ?? answer.outcome);
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

/** From the served red notice to T-30: ticket on the day before (T2.3), call and second try, check again (T2.4, T2.6). */
export async function beforeTheStop(c: CaseContext): Promise<StopSchedule> {
  c.stage = 'notice-period';
  const schedule = await c.own.scheduleStop(c.moment());
  await tellAuthority(c, schedule);
  await c.waitUntil(schedule.ticketAtMs, () => undefined);
  const look = await c.heed();
  if (schedule.needsAuthority && !look.authorityReceipt) throw new AttemptSlips('authority-receipt-missing');

  c.stage = 'ticket';
  if (!(await c.readBilling())) throw new AttemptSlips('billing-unreachable');
  const ticket = await c.own.raiseTicket(c.moment());
  if (ticket.outcome !== 'permitted' || ticket.ticketId === undefined) {
    throw new AttemptSlips(ticket.reasons[0]?.code ?? 'ticket-refused');
  }
  if (!schedule.remoteSwitch) {
    await c.dispatch(ticket.ticketId);
  }
  await c.waitUntil(schedule.firstCallAtMs, () => undefined);

  c.stage = 'second-notice';
  await checkArrears(c, 'T-45');
  await tell(c, 'call', 1);
  const reached = (l: { customerReached: boolean }) => l.customerReached || undefined;
  let isReached = await c.waitUntil(schedule.secondCallAtMs, reached);
  if (!isReached) {
    await tell(c, 'call', 2);
    isReached = await c.waitUntil(schedule.smsAtMs, reached);
  }
  if (!isReached) await tell(c, 'sms', 1);
  await c.waitUntil(schedule.lastCheckAtMs, () => undefined);
  await checkArrears(c, 'T-30');
  return schedule;
}
