import type { Tx } from '../../db/database.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { IntakeRefused } from '../deps.ts';
import type { AccountInHand } from '../take-account.ts';
import type { NoticeRow } from './read-notice.ts';

/** The stop as a served red notice fixes it; ISO, case time. */
export interface FixedStop {
  stopAt: string;
  stopUntil: string;
}

interface Candidate {
  serviceDate: CivilDate;
  stopDate: CivilDate;
  startMinute: number;
  lastPaymentDate: CivilDate;
}

/** The proven day of service names the stop day (T2.2); the capacity of the other candidate days is given back. */
export async function fixStopDay(
  tx: Tx,
  account: AccountInHand,
  notice: NoticeRow,
  servedOn: CivilDate,
): Promise<FixedStop> {
  const plan = await tx.row<{ candidates: Candidate[]; interval_minutes: number }>(
    `select candidates, interval_minutes from stop_plans where case_id = $1 and attempt = $2`,
    [notice.caseId, notice.attempt],
  );
  const chosen = plan?.candidates.find((candidate) => candidate.serviceDate === servedOn);
  if (plan === undefined || chosen === undefined)
    throw new IntakeRefused('outside-service-days', 409, { on: servedOn });
  const stopAtMs = epochMsOf(chosen.stopDate, chosen.startMinute);
  const stopAt = new Date(stopAtMs).toISOString();
  await tx.run(
    `update stop_plans set status = 'fixed', stop_on = $3, stop_at = $4 where case_id = $1 and attempt = $2`,
    [notice.caseId, notice.attempt, chosen.stopDate, stopAt],
  );
  await tx.run(
    `update notices set stop_at = $2, interval_minutes = $3, last_payment_on = $4 where notice_id = $1`,
    [notice.noticeId, stopAt, plan.interval_minutes, chosen.lastPaymentDate],
  );
  await tx.run(
    `update capacity_reservations set released_at = clock_timestamp()
      where case_id = $1 and attempt = $2 and released_at is null
        and not (day = $3::date or (kind = 'restore' and day = $3::date + 1))`,
    [notice.caseId, notice.attempt, chosen.stopDate],
  );
  return { stopAt, stopUntil: new Date(stopAtMs + plan.interval_minutes * 60_000).toISOString() };
}
