import { ActivityFailure, ApplicationFailure, defineUpdate, setHandler } from '@temporalio/workflow';
import type { StopSchedule } from '../../activities/contract.ts';
import { REQUEST_PERMIT, type PermitAnswer, type RequestPermit } from '../messages.ts';
import { AttemptSlips, CaseEnds, type CaseContext } from './context.ts';

export const requestPermitUpdate = defineUpdate<PermitAnswer, [RequestPermit]>(REQUEST_PERMIT);

/** The crew asks on site; the answer rests on billing read in that minute (idea 2). */
async function answerPermit(c: CaseContext, request: RequestPermit): Promise<PermitAnswer> {
  const attempt = c.attempt;
  if (!(await c.readBilling())) {
    return { outcome: 'undetermined', reasons: [{ code: 'billing-unreachable', clause: 'T2.6' }] };
  }
  if (c.stage !== 'permit' || c.attempt !== attempt) {
    return { outcome: 'refused', reasons: [{ code: 'attempt-over', clause: 'L2.ntc' }] };
  }
  return c.own.decidePermit({ ...c.moment(), ...request });
}

/** What ends the case or the attempt while the crew waits is their answer; the procedure itself meets it at its next look. */
async function answerOnSite(c: CaseContext, request: RequestPermit): Promise<PermitAnswer> {
  try {
    return await answerPermit(c, request);
  } catch (error) {
    const isOver = error instanceof CaseEnds || error instanceof AttemptSlips;
    if (!isOver) throw error;
    c.wake();
    const code = error instanceof CaseEnds ? `case-${error.outcome}` : error.why;
    return { outcome: 'refused', reasons: [{ code, clause: 'T2.6' }] };
  }
}

/** Listens for permit requests; the validator refuses at once what is not due. */
export function listenForPermitRequests(c: CaseContext): void {
  setHandler(requestPermitUpdate, (request) => answerOnSite(c, request), {
    validator: (_request: RequestPermit) => {
      if (c.stage !== 'permit') throw new Error('not-at-the-stop');
    },
  });
}

/** Remote switch: the same permission, a command that dies after ten minutes, read-back, and a crew where it fails. */
async function switchRemotely(c: CaseContext, ticketId: string): Promise<'executed' | 'failed'> {
  const answer = await answerPermit(c, { ticketId, crewId: 'remote', readMeterNo: '', inDoubt: false });
  if (answer.outcome !== 'permitted' || answer.permitId === undefined || answer.expiresAt === undefined) {
    await c.heed();
    throw new AttemptSlips(answer.reasons[0]?.code ?? answer.outcome);
  }
  const { permitId, expiresAt } = answer;
  try {
    return await c.remote.switchOff({ ...c.moment(), ticketId, permitId, expiresAt });
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    // The meter system refuses the command: nothing was switched. What stays unknown for hours is no stop, and people look.
    if (isRefusal(error)) return 'failed';
    throw new AttemptSlips('remote-outcome-unknown');
  }
}

const isRefusal = ({ cause }: ActivityFailure): boolean =>
  cause instanceof ApplicationFailure && cause.type === 'SystemRefused';

/** T-0: permit on site, disconnection with proof, or not with a reason; only inside the notified interval. */
export async function carryOut(c: CaseContext, schedule: StopSchedule): Promise<never> {
  c.stage = 'permit';
  if (schedule.stopAtMs > c.nowMs()) await c.waitUntil(schedule.stopAtMs, () => undefined);
  const ticketId = `ticket/${c.input.caseId}/${c.attempt}`;
  if (schedule.remoteSwitch) {
    if ((await switchRemotely(c, ticketId)) === 'executed') throw new CaseEnds('stopped', 'executed');
    // A ticket that was recalled meanwhile is not sent; one whose time is over would send a crew for nothing.
    if (c.nowMs() < schedule.endsAtMs) await c.dispatch(ticketId);
  }
  // An execution ends the case by exception, as every fact does that ends it.
  const end = await c.waitUntil(schedule.endsAtMs, (l) => (l.ticket === 'not-done' ? 'not-done' : undefined));
  throw new AttemptSlips(end === 'not-done' ? 'not-done-on-site' : 'interval-missed');
}
