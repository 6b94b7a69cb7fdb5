import type { Tx } from '../../../db/database.ts';
import type { CivilDate } from '../../../rules/calendar/civil-date.ts';
import type { RepairState } from '../../../rules/credit/matter-acts.ts';
import { IntakeRefused } from '../../deps.ts';
import { takeAccount, type AccountInHand } from '../../take-account.ts';

export interface RepairRow {
  record_id: string | null;
  status: 'verifying' | 'clean-period' | 'deciding' | 'granted' | 'refused' | 'withdrawn';
  corrected_on: CivilDate | null;
  paid_on: CivilDate | null;
  clean_until: CivilDate | null;
  applied_by: string;
  verified_by: string | null;
  decided_by: string | null;
}

/** Locks the account, then reads its repair. @throws IntakeRefused `unknown-repair` (404) */
export async function takeRepair(
  tx: Tx,
  repairId: string,
): Promise<{ account: AccountInHand; repair: RepairRow; at: string }> {
  const of = await tx.row<{ account_id: string }>(
    'select account_id from credit_repairs where repair_id = $1',
    [repairId],
  );
  if (of === undefined) throw new IntakeRefused('unknown-repair', 404, { what: 'repair' });
  const account = await takeAccount(tx, { accountId: of.account_id });
  const repair = await tx.row<RepairRow>(
    `select record_id, status, corrected_on, paid_on, clean_until, applied_by, verified_by, decided_by
       from credit_repairs where repair_id = $1`,
    [repairId],
  );
  if (repair === undefined) throw new IntakeRefused('unknown-repair', 404, { what: 'repair' });
  return { account, repair, at: new Date(account.nowMs).toISOString() };
}

/** What the rule of who may do what looks at. */
export const stateOf = (repair: RepairRow): RepairState => ({
  status: repair.status,
  appliedBy: repair.applied_by,
  verifiedBy: repair.verified_by,
});

/** What of this customer is overdue and unpaid on a day; electricity only. Whole fen. */
export async function overdueFen(tx: Tx, accountId: string, onDate: CivilDate): Promise<number> {
  const row = await tx.row<{ fen: number }>(
    `select coalesce(sum(principal_fen - paid_fen), 0)::bigint as fen from bills
      where account_id = $1 and service = 'electricity' and not disputed and due_on < $2 and paid_fen < principal_fen`,
    [accountId, onDate],
  );
  return row?.fen ?? 0;
}
