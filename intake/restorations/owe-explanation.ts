import type { Tx } from '../../db/database.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../rules/calendar/shanghai-time.ts';

/** The restoration that was missed, and when that became known; case time. */
export interface Missed {
  companyId: string;
  centreId: string;
  accountId: string;
  stopId: string;
  nowMs: number;
}

/** End of the day after the one on which a miss became known: until then its reason is owed (T3.3). Epoch ms. */
export const explanationDueMs = (nowMs: number): number =>
  epochMsOf(addDays(civilDateAt(nowMs), 2), 0) - 60_000;

/**
 * A restoration came after its deadline, or has not come: a person owes the reason to customer and leader (T3.3), whether the
 * procedure saw the deadline pass or only heard of it afterwards. Once a stop. @returns whether it is owed only now
 */
export async function oweExplanation(tx: Tx, miss: Missed): Promise<boolean> {
  const [nowAt, dueAt] = [miss.nowMs, explanationDueMs(miss.nowMs)].map((ms) => new Date(ms).toISOString());
  const isNew = await tx.run(
    `update restorations set missed = true, explanation_due_at = $2 where stop_id = $1 and explanation_due_at is null`,
    [miss.stopId, dueAt],
  );
  if (isNew === 0) return false;
  await tx.run(
    `insert into tasks (task_id, company_id, centre_id, account_id, kind, role, ref, not_before, due_at, occurred_at)
     values ($1, $2, $3, $4, 'explain-miss', 'station-head', $5, $6, $7, $6) on conflict (task_id) do nothing`,
    [
      `task/explain-miss/${miss.stopId}`,
      miss.companyId,
      miss.centreId,
      miss.accountId,
      miss.stopId,
      nowAt,
      dueAt,
    ],
  );
  return true;
}
