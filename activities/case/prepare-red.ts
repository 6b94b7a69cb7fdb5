import { json, type Tx } from '../../db/database.ts';
import { readDecision, storeDecision } from '../../db/facts/decisions.ts';
import { readStopFacts } from '../../db/facts/read-stop-facts.ts';
import { putLink } from '../../db/links/put-link.ts';
import { putMessage } from '../../db/messages/put-message.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { takeAccount } from '../../intake/take-account.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf, shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import { mayStop } from '../../rules/stop/may-stop.ts';
import { redNoticeText, type SealedNotice, type StopNoticeFacts } from '../../systems/messages/notices.ts';
import type { CaseMoment, StepAnswer } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { readAgreedAddresses, readCaseFile } from './case-file.ts';
import { readDebt } from '../../db/bills/read-debt.ts';
import { asKept } from './take-decision.ts';

const LINK_DAYS = 60;

interface Candidate {
  serviceDate: CivilDate;
  stopDate: CivilDate;
  startMinute: number;
  lastPaymentDate: CivilDate;
}

interface PlanRow {
  candidates: Candidate[];
  named_bills: { billId: string }[];
  interval_minutes: number;
}

interface Order {
  noticeId: string;
  plan: PlanRow;
  chosen: Candidate;
  untilMs: number;
}

/** Four eyes have agreed, the debt stands, nothing shields it: may the red notice go out today (T2.0, T2.2)? */
async function decide(tx: Tx, at: CaseMoment, today: CivilDate): Promise<StepAnswer> {
  const key = `${at.caseId}/may-serve-red/${at.attempt}/${today}`;
  const stored = await readDecision(tx, key);
  if (stored !== undefined)
    return { outcome: stored.outcome, reasons: [...stored.reasons, ...stored.missing] };
  const facts = await readStopFacts(tx, at);
  const verdict = mayStop(facts, 'red');
  const decision = await storeDecision(tx, {
    ...at,
    key,
    question: 'may-serve-red',
    verdict,
    ...asKept(facts),
  });
  return { outcome: decision.outcome, reasons: [...decision.reasons, ...decision.missing] };
}

/** A new link to the customer's page; with `noticeId` opening it proves that the notice arrived. */
async function linkTo(
  tx: Tx,
  deps: ActivityDeps,
  at: CaseMoment,
  purpose: string,
  noticeId?: string,
): Promise<string> {
  const token = await putLink(tx, deps.vault, {
    ...at,
    purpose,
    ...(noticeId === undefined ? {} : { noticeId }),
    expiresAt: iso(at.nowMs + LINK_DAYS * 86_400_000),
  });
  return `${deps.publicUrl}/l/${token}`;
}

/** Writes the notice for the candidate day; on a later candidate day it is written anew with that day's stop and sum. */
async function write(tx: Tx, deps: ActivityDeps, at: CaseMoment, order: Order): Promise<string | undefined> {
  const { noticeId, plan, chosen } = order;
  const file = await readCaseFile(tx, deps.vault, at);
  const asOf = civilDateAt(at.nowMs);
  const debt = await readDebt(tx, at.accountId, file, asOf, new Set(plan.named_bills.map((b) => b.billId)));
  const stopAtMs = epochMsOf(chosen.stopDate, chosen.startMinute);
  const [agreed] = await readAgreedAddresses(tx, deps.vault, at.accountId, asOf);
  const facts: StopNoticeFacts = {
    companyName: file.companyName,
    customerName: file.customerName,
    accountNo: file.accountNo,
    address: file.address,
    meterNo: file.meterNo,
    centreName: file.centreName,
    bills: debt.bills,
    principalFen: debt.principalFen,
    lateFeeFen: debt.lateFeeFen,
    sumFen: debt.sumFen,
    asOf,
    lastPaymentDate: chosen.lastPaymentDate,
    stopFrom: shanghaiText(stopAtMs),
    stopUntil: shanghaiText(stopAtMs + plan.interval_minutes * 60_000),
  };
  // The paper's own link proves nothing about an e-address: whoever carries the paper could open it.
  const printed = { ...facts, link: await linkTo(tx, deps, at, 'red-notice-paper') };
  const sealed: SealedNotice = { ...redNoticeText(printed), facts: printed };
  await tx.run(
    `insert into notices (notice_id, company_id, centre_id, case_id, account_id, kind, attempt, status, named_bills,
                          principal_fen, late_fee_fen, sum_fen, last_payment_on, stop_at, interval_minutes, text_enc, occurred_at)
     values ($1, $2, $3, $4, $5, 'red', $6, 'prepared', $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (notice_id) do update
        set principal_fen = excluded.principal_fen, late_fee_fen = excluded.late_fee_fen, sum_fen = excluded.sum_fen,
            last_payment_on = excluded.last_payment_on, stop_at = excluded.stop_at, text_enc = excluded.text_enc
      where notices.status = 'prepared'`,
    [
      ...[noticeId, at.companyId, at.centreId, at.caseId, at.accountId, at.attempt],
      ...[json(plan.named_bills), debt.principalFen, debt.lateFeeFen, debt.sumFen],
      ...[chosen.lastPaymentDate, iso(stopAtMs), plan.interval_minutes],
      ...[deps.vault.sealJson(sealed), iso(at.nowMs)],
    ],
  );
  await putTask(tx, {
    ...at,
    taskId: `task/${noticeId}/${chosen.serviceDate}`,
    kind: 'serve-red',
    role: 'reader',
    assignee: file.readerId,
    ref: noticeId,
    notBeforeMs: at.nowMs,
    dueAtMs: order.untilMs,
  });
  if (agreed === undefined) return undefined;
  const text = redNoticeText({ ...facts, link: await linkTo(tx, deps, at, 'red-notice', noticeId) });
  return putMessage(tx, deps.vault, {
    ...at,
    noticeId,
    key: `${noticeId}/${chosen.serviceDate}`,
    channel: agreed.channel,
    purpose: 'red-notice',
    address: agreed.address,
    content: { subject: text.subject, text: text.zh, recipientName: file.customerName },
    occurredAt: iso(at.nowMs),
  });
}

/**
 * Prepares the red notice for one of the candidate days (T2.2): decided first, then written, with the reader's task for the
 * day and, where the customer agreed to an e-address, the same notice to it (L8).
 */
export const prepareRed =
  (deps: ActivityDeps) =>
  (at: CaseMoment & { untilMs: number }): Promise<StepAnswer & { messageId?: string }> =>
    act(deps, at, async (tx) => {
      const account = await takeAccount(tx, { accountId: at.accountId });
      const today = civilDateAt(at.nowMs);
      const plan = await tx.row<PlanRow>(
        `select candidates, named_bills, interval_minutes from stop_plans
          where case_id = $1 and attempt = $2 and status in ('planned', 'approved', 'fixed')`,
        [at.caseId, at.attempt],
      );
      const chosen = plan?.candidates.find((candidate) => candidate.serviceDate === today);
      if (plan === undefined || chosen === undefined)
        return {
          outcome: 'undetermined',
          reasons: [{ code: 'outside-service-days', clause: 'T2.2', params: { on: today } }],
        };
      const answer = await decide(tx, at, today);
      if (answer.outcome !== 'permitted') return answer;
      const noticeId = `notice/${at.caseId}/red/${at.attempt}`;
      const messageId = await write(tx, deps, at, { noticeId, plan, chosen, untilMs: at.untilMs });
      await keepRecord(tx, account, {
        action: 'red-notice.prepared',
        factId: `${noticeId}/${today}`,
        actor: 'fudian',
        occurredAt: iso(at.nowMs),
        body: { noticeId, stopDate: chosen.stopDate, electronic: messageId !== undefined },
      });
      return { ...answer, ...(messageId === undefined ? {} : { messageId }) };
    });
