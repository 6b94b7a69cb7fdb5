import type { Tx } from '../../../db/database.ts';
import { putOutbox } from '../../../db/outbox/put-outbox.ts';
import type { AccountInHand } from '../../take-account.ts';

const RUNGS = ['team-leader', 'station-head', 'marketing-manager', 'company-head'];
const RUNG_EVERY_MS = 24 * 3_600_000;

/** Its own day, or the longer one where somebody outside is asked; the report of the shorter day settles itself then (L5). */
export type LateSubject = 'objection' | 'objection-outside';
export const LATE_SUBJECTS: readonly LateSubject[] = ['objection', 'objection-outside'];

/** An objection that is not decided by its day is reported upward, level by level, every day (L5). */
export async function reportWhenLate(
  tx: Tx,
  account: AccountInHand,
  late: { subject: LateSubject; objectionId: string; dueMs: number },
): Promise<void> {
  const { companyId, centreId, accountId } = account;
  const { subject, objectionId, dueMs } = late;
  await putOutbox(tx, companyId, {
    kind: 'start-report',
    key: `start-report/${subject}/${objectionId}`,
    payload: {
      input: {
        ...{ companyId, centreId, accountId, subject, subjectId: objectionId, rungs: RUNGS },
        ...{ firstRungAtMs: dueMs, rungEveryMs: RUNG_EVERY_MS },
        text: `objection not decided in time: ${objectionId}`,
      },
    },
  });
}
