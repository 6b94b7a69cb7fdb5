import type { Tx } from '../../db/database.ts';
import { readStopFacts } from '../../db/facts/read-stop-facts.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { takeAccount, type AccountInHand } from '../../intake/take-account.ts';
import { civilDateAt, epochMsOf, shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import type { StopFacts } from '../../rules/stop/facts.ts';
import { intervalEndMs } from '../../rules/stop/is-inside-interval.ts';
import { secondNoticeMinutes } from '../../rules/stop/was-second-notice-given.ts';
import { mayStop } from '../../rules/stop/may-stop.ts';
import { stopTicketForm } from '../../systems/tickets/stop-ticket.ts';
import type { CaseMoment, StepAnswer } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { readCaseFile, type CaseFile } from './case-file.ts';
import { answerOf, decideOnce } from './take-decision.ts';

/** One stop ticket an attempt. */
export const stopTicketId = (at: { caseId: string; attempt: number }): string =>
  `ticket/${at.caseId}/${at.attempt}`;

interface Fixed {
  facts: StopFacts;
  stopAtMs: number;
  endsAtMs: number;
}

function sealedForm(deps: ActivityDeps, at: CaseMoment, file: CaseFile, fixed: Fixed): Buffer {
  const { red, approval } = fixed.facts;
  return deps.vault.sealJson(
    stopTicketForm({
      ticketId: stopTicketId(at),
      companyName: file.companyName,
      centreName: file.centreName,
      applicant: file.readerId,
      accountNo: file.accountNo,
      customerName: file.customerName,
      address: file.address,
      meterNo: file.meterNo,
      sumFen: red?.sumFen ?? 0,
      noticeServedOn: civilDateAt(red?.servedAtMs ?? at.nowMs),
      approvalId: `approval/${at.caseId}/${at.attempt}`,
      approvers: approval?.approverIds ?? [],
      plannedFrom: shanghaiText(fixed.stopAtMs),
      plannedTo: shanghaiText(fixed.endsAtMs),
    }),
  );
}

async function insertTicket(
  tx: Tx,
  deps: ActivityDeps,
  at: CaseMoment,
  account: AccountInHand,
  file: CaseFile,
  fixed: Fixed,
): Promise<void> {
  const ticketId = stopTicketId(at);
  const isNew = await tx.run(
    `insert into tickets (ticket_id, company_id, centre_id, account_id, case_id, kind, attempt, status, raised_by, meter_no,
                          form_enc, planned_from, planned_to, occurred_at)
     values ($1, $2, $3, $4, $5, 'stop', $6, 'raised', $7, $8, $9, $10, $11, $12) on conflict (ticket_id) do nothing`,
    [
      ticketId,
      at.companyId,
      at.centreId,
      at.accountId,
      at.caseId,
      at.attempt,
      account.readerId,
      account.meterNo,
      sealedForm(deps, at, file, fixed),
      iso(fixed.stopAtMs),
      iso(fixed.endsAtMs),
      iso(at.nowMs),
    ],
  );
  if (isNew === 0) return;
  await keepRecord(tx, account, {
    action: 'ticket.raised',
    factId: ticketId,
    actor: account.readerId,
    occurredAt: iso(at.nowMs),
    body: { ticketId, attempt: at.attempt, plannedFrom: iso(fixed.stopAtMs) },
  });
}

/** Nobody on the other side has ever answered: a senior is asked while there is still a day (T3.6). */
async function askSenior(tx: Tx, at: CaseMoment, fixed: Fixed): Promise<void> {
  const { facts } = fixed;
  if (!facts.policy.contactRequired || facts.contacts > 0 || facts.seniorDecided) return;
  await putTask(tx, {
    ...at,
    taskId: `task/somebody-knows/${at.caseId}/${at.attempt}`,
    kind: 'somebody-knows',
    role: 'station-head',
    assignee: null,
    ref: stopTicketId(at),
    notBeforeMs: at.nowMs,
    dueAtMs: fixed.stopAtMs,
  });
}

/** Who cannot be called is told the stop time by the reader, at the door, in time (T2.4). */
function sendReader(tx: Tx, at: CaseMoment, account: AccountInHand, fixed: Fixed): Promise<void> {
  const { facts, stopAtMs } = fixed;
  return putTask(tx, {
    ...at,
    taskId: `task/tell-in-person/${at.caseId}/${at.attempt}`,
    kind: 'tell-in-person',
    role: 'reader',
    assignee: account.readerId,
    ref: stopTicketId(at),
    notBeforeMs: epochMsOf(civilDateAt(stopAtMs), facts.policy.dunningHours.fromMinute),
    dueAtMs: stopAtMs - secondNoticeMinutes(facts, stopAtMs) * 60_000,
  });
}

/**
 * Raises the stop work ticket in the reader's name on the day before the stop (T2.3); on any later day it is refused, and the
 * attempt slips. Asked twice, it raises one.
 */
export const raiseTicket =
  (deps: ActivityDeps) =>
  (at: CaseMoment): Promise<StepAnswer & { ticketId?: string }> =>
    act(deps, at, async (tx) => {
      const account = await takeAccount(tx, { accountId: at.accountId });
      const facts = await readStopFacts(tx, at);
      const { stored, isNew } = await decideOnce(tx, at, {
        key: `${at.caseId}/${at.attempt}/ticket`,
        question: 'may-stop:ticket',
        judge: async () => ({ facts, verdict: mayStop(facts, 'ticket') }),
      });
      const answer = answerOf(stored);
      if (stored.outcome !== 'permitted') return answer;
      const { stopAtMs } = facts;
      if (isNew && stopAtMs !== null) {
        const fixed = { facts, stopAtMs, endsAtMs: intervalEndMs(stopAtMs, facts.intervalMinutes) };
        const file = await readCaseFile(tx, deps.vault, at);
        await insertTicket(tx, deps, at, account, file, fixed);
        await askSenior(tx, at, fixed);
        if (file.phone === null) await sendReader(tx, at, account, fixed);
      }
      return { ...answer, ticketId: stopTicketId(at) };
    });
