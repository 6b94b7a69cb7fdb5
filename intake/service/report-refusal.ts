import type { Tx } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import type { AccountInHand } from '../take-account.ts';
import type { NoticeRow } from './read-notice.ts';

const RUNG_EVERY_MS = 24 * 60 * 60_000;

/** A refusal to sign goes to the team leader and upward, level by level; for a non-resident the station head must hear of it (T2.2). */
export async function reportRefusal(
  tx: Tx,
  account: AccountInHand,
  notice: NoticeRow,
  serviceId: string,
): Promise<void> {
  const rungs =
    account.customerClass === 'resident'
      ? ['team-leader', 'station-head', 'marketing-manager']
      : ['team-leader', 'station-head', 'marketing-manager', 'company-head'];
  const { companyId, centreId, accountId } = account;
  await putOutbox(tx, companyId, {
    kind: 'start-report',
    key: `start-report/refusal/${serviceId}`,
    payload: {
      input: {
        companyId,
        centreId,
        accountId,
        subject: 'refusal',
        subjectId: serviceId,
        rungs,
        firstRungAtMs: account.nowMs,
        rungEveryMs: RUNG_EVERY_MS,
        text: `refused to sign: ${notice.noticeId}`,
      },
    },
  });
}
