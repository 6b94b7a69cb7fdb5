import { json, type Tx } from '../../db/database.ts';
import { putLink } from '../../db/links/put-link.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { addDays, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf, shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import { nextDunningTimeMs } from '../../rules/dunning/next-dunning-time.ts';
import type { PlannedStop } from '../../rules/plan/choose-stop-plan.ts';
import { yellowNoticeText, type SealedNotice, type StopNoticeFacts } from '../../systems/messages/notices.ts';
import type { CaseMoment } from '../contract.ts';
import { iso, type ActivityDeps } from '../deps.ts';
import type { CaseFile } from './case-file.ts';
import { readDebt } from '../../db/bills/read-debt.ts';

const MINUTE_MS = 60_000;
const LINK_DAYS = 60;

/** What the yellow notice is written from. */
export interface YellowOrder {
  file: CaseFile;
  plan: PlannedStop;
  /** The reader has until then. */
  dueMs: number;
  firstServedOn: CivilDate | null;
}

/** Never on the day of the first reminder: two notices in one day are one reminder (T2.0). */
function notBeforeMs(at: CaseMoment, { file, firstServedOn }: YellowOrder): number {
  const hours = file.policy.dunningHours;
  const today = civilDateAt(at.nowMs);
  return firstServedOn === today
    ? epochMsOf(addDays(today, 1), hours.fromMinute)
    : nextDunningTimeMs(at.nowMs, hours);
}

/** Prepares the yellow notice, which names amount, last day to pay and exact stop time (T2.1), and the reader's task to serve it. */
export async function prepareYellow(
  tx: Tx,
  deps: ActivityDeps,
  at: CaseMoment,
  order: YellowOrder,
): Promise<string> {
  const { file, plan, dueMs } = order;
  const [first] = plan.candidates;
  if (first === undefined) throw new Error(`case ${at.caseId}: a plan without a day`);
  const asOf = civilDateAt(at.nowMs);
  const named = new Set(plan.namedBills.map(({ billId }) => billId));
  const debt = await readDebt(tx, at.accountId, file, asOf, named);
  const stopAtMs = epochMsOf(first.stopDate, first.startMinute);
  const { companyName, customerName, accountNo, address, meterNo, centreName } = file;
  const token = await putLink(tx, deps.vault, {
    ...at,
    purpose: 'yellow-notice-paper',
    expiresAt: iso(at.nowMs + LINK_DAYS * 86_400_000),
  });
  const facts: StopNoticeFacts = {
    ...{ companyName, customerName, accountNo, address, meterNo, centreName, asOf },
    bills: debt.bills,
    principalFen: debt.principalFen,
    lateFeeFen: debt.lateFeeFen,
    sumFen: debt.sumFen,
    lastPaymentDate: first.lastPaymentDate,
    stopFrom: shanghaiText(stopAtMs),
    stopUntil: shanghaiText(stopAtMs + plan.intervalMinutes * MINUTE_MS),
    link: `${deps.publicUrl}/l/${token}`,
  };
  const sealed: SealedNotice = { ...yellowNoticeText(facts), facts };
  const noticeId = `notice/${at.caseId}/yellow/${at.attempt}`;
  await tx.run(
    `insert into notices (notice_id, company_id, centre_id, case_id, account_id, kind, attempt, status, named_bills,
                          principal_fen, late_fee_fen, sum_fen, last_payment_on, stop_at, interval_minutes, text_enc, occurred_at)
     values ($1, $2, $3, $4, $5, 'yellow', $6, 'prepared', $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (notice_id) do nothing`,
    [
      ...[noticeId, at.companyId, at.centreId, at.caseId, at.accountId, at.attempt],
      ...[json(plan.namedBills), debt.principalFen, debt.lateFeeFen, debt.sumFen],
      ...[
        first.lastPaymentDate,
        iso(stopAtMs),
        plan.intervalMinutes,
        deps.vault.sealJson(sealed),
        iso(at.nowMs),
      ],
    ],
  );
  await putTask(tx, {
    ...at,
    taskId: `task/${noticeId}`,
    kind: 'serve-yellow',
    role: 'reader',
    assignee: file.readerId,
    ref: noticeId,
    notBeforeMs: notBeforeMs(at, order),
    dueAtMs: dueMs,
  });
  return noticeId;
}
