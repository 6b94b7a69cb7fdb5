import { json, type Tx } from '../../db/database.ts';
import { readCalendar } from '../../db/calendar/read-calendar.ts';
import { putLink } from '../../db/links/put-link.ts';
import { putMessage } from '../../db/messages/put-message.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { nextWorkingDayOnOrAfter } from '../../rules/calendar/working-day.ts';
import { toneOf } from '../../rules/credit/collection-shape.ts';
import type { Grade } from '../../rules/credit/scheme.ts';
import { nextDunningTimeMs } from '../../rules/dunning/next-dunning-time.ts';
import { firstDunningText, type NoticeFacts, type SealedNotice } from '../../systems/messages/notices.ts';
import type { CaseMoment, DunningStep } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { readAgreedAddresses, readCaseFile, type CaseFile } from './case-file.ts';
import { readDebt } from '../../db/bills/read-debt.ts';

type Way =
  { kind: 'electronic'; channel: 'sms' | 'email'; address: string } | { kind: 'visit' } | { kind: 'letter' };

const LINK_DAYS = 90;

/** Agreed addresses first, then a visit, then a letter; the last way is tried again (ADR 5). */
function wayOf(round: number, agreed: { channel: 'sms' | 'email'; address: string }[]): Way {
  const ways: Way[] = [
    ...agreed.map((to) => ({ kind: 'electronic', ...to }) as const),
    { kind: 'visit' },
    { kind: 'letter' },
  ];
  return ways[Math.min(round, ways.length) - 1] ?? { kind: 'visit' };
}

/** The last day to pay: a holiday moves it to the next working day (L8). */
async function periodEndsMs(tx: Tx, at: CaseMoment, file: CaseFile, fromMs: number): Promise<number> {
  const lastDay = addDays(civilDateAt(fromMs), file.policy.firstDunningPeriodDays);
  const calendar = await readCalendar(tx, at.companyId);
  const workingDay = nextWorkingDayOnOrAfter(lastDay, calendar) ?? addDays(lastDay, 7);
  return epochMsOf(addDays(workingDay, 1), 0);
}

/** The grade that holds; B where nobody has judged yet, or an objection is being decided (L5). */
async function readGrade(tx: Tx, accountId: string): Promise<Grade> {
  const row = await tx.row<{ grade: Grade }>(
    'select grade from credit_standings where account_id = $1 and objected_at is null',
    [accountId],
  );
  return row?.grade ?? 'B';
}

/** Prepares one round of the first dunning: notice, and the message or the task that takes it to the customer (T2.0, L8). */
export const prepareFirstDunning =
  (deps: ActivityDeps) =>
  (at: CaseMoment & { round: number }): Promise<DunningStep> =>
    act(deps, at, async (tx) => {
      const file = await readCaseFile(tx, deps.vault, at);
      const today = civilDateAt(at.nowMs);
      const debt = await readDebt(tx, at.accountId, file, today);
      const way = wayOf(at.round, await readAgreedAddresses(tx, deps.vault, at.accountId, today));
      const sendAtMs = nextDunningTimeMs(at.nowMs, file.policy.dunningHours);
      const endsMs = await periodEndsMs(tx, at, file, sendAtMs);
      const noticeId = `notice/${at.caseId}/first-dunning/${at.round}`;
      const messageKey = `${at.caseId}/first-dunning/${at.round}`;
      const messageId = deps.vault.idOf('msg', at.companyId, messageKey);
      const answer: DunningStep =
        way.kind === 'visit'
          ? { kind: 'visit', periodEndsMs: endsMs }
          : { kind: 'message', messageId, sendAtMs, periodEndsMs: endsMs };
      const token = await putLink(tx, deps.vault, {
        ...at,
        purpose: 'first-dunning',
        noticeId,
        expiresAt: iso(at.nowMs + LINK_DAYS * 86_400_000),
      });
      const facts: NoticeFacts = {
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
        asOf: today,
      };
      const link = `${deps.publicUrl}/l/${token}`;
      const tone = toneOf(await readGrade(tx, at.accountId));
      const text = firstDunningText({ ...facts, link }, tone);
      // What left for an e-address keeps its link to itself: opening it proves that it arrived.
      const printed = way.kind === 'electronic' ? facts : { ...facts, link };
      const sealed: SealedNotice = { ...firstDunningText(printed, tone), facts: printed };
      const isNew = await tx.run(
        `insert into notices (notice_id, company_id, centre_id, case_id, account_id, kind, attempt, status, named_bills,
                              principal_fen, late_fee_fen, sum_fen, last_payment_on, text_enc, occurred_at)
         values ($1, $2, $3, $4, $5, 'first-dunning', $6, 'prepared', $7, $8, $9, $10, $11, $12, $13)
         on conflict (notice_id) do nothing`,
        [
          noticeId,
          at.companyId,
          at.centreId,
          at.caseId,
          at.accountId,
          at.round,
          json(debt.bills.map(({ billId, openFen, dueDate }) => ({ billId, openFen, dueDate }))),
          debt.principalFen,
          debt.lateFeeFen,
          debt.sumFen,
          civilDateAt(endsMs - 1),
          deps.vault.sealJson(sealed),
          iso(at.nowMs),
        ],
      );
      if (isNew === 0) return answer;
      await carry(tx, deps, at, { way, file, noticeId, messageKey, text, sendAtMs, endsMs });
      await keepRecord(
        tx,
        { ...at, openCase: at },
        {
          action: 'dunning.prepared',
          factId: noticeId,
          actor: 'fudian',
          occurredAt: iso(at.nowMs),
          body: { noticeId, way: way.kind, sumFen: debt.sumFen },
        },
      );
      return answer;
    });

interface Parcel {
  way: Way;
  file: CaseFile;
  noticeId: string;
  messageKey: string;
  text: { subject: string; zh: string };
  sendAtMs: number;
  endsMs: number;
}

async function carry(tx: Tx, deps: ActivityDeps, at: CaseMoment, parcel: Parcel): Promise<void> {
  const { way, file, noticeId, text } = parcel;
  if (way.kind === 'visit' || way.kind === 'letter') {
    // A letter, too, is served only once somebody records its proof of delivery.
    await putTask(tx, {
      ...at,
      taskId: `task/${noticeId}`,
      kind: 'serve-first',
      role: 'reader',
      assignee: file.readerId,
      ref: noticeId,
      notBeforeMs: parcel.sendAtMs,
      dueAtMs: parcel.endsMs,
    });
  }
  if (way.kind === 'visit') return;
  await putMessage(tx, deps.vault, {
    ...at,
    noticeId,
    key: parcel.messageKey,
    channel: way.kind === 'letter' ? 'letter' : way.channel,
    purpose: 'first-dunning',
    address: way.kind === 'letter' ? file.address : way.address,
    content: { subject: text.subject, text: text.zh, recipientName: file.customerName },
    occurredAt: iso(at.nowMs),
  });
}
