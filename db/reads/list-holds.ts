import type { Tx } from '../database.ts';

export interface HoldItem {
  holdId: string;
  accountNo: string;
  centreId: string;
  kind: string;
  reason: string;
  setBy: string;
  occurredAt: string;
  untilAt: string | null;
  decisionDueAt: string | null;
  endedAt: string | null;
  endReason: string | null;
}

const COLUMNS = `h.hold_id as "holdId", a.account_no as "accountNo", h.centre_id as "centreId", h.kind, h.reason,
       h.set_by as "setBy", h.occurred_at as "occurredAt", h.until_at as "untilAt",
       h.decision_due_at as "decisionDueAt", h.ended_at as "endedAt", h.end_reason as "endReason"`;

/** Holds of one account, newest first. */
export function listHoldsOf(
  tx: Tx,
  query: { accountId: string; before: string[] | undefined; limit: number },
): Promise<HoldItem[]> {
  return tx.rows<HoldItem>(
    `select ${COLUMNS} from holds h join accounts a using (account_id)
      where h.account_id = $1 and ($2::timestamptz is null or (h.occurred_at, h.hold_id) < ($2, $3))
      order by h.occurred_at desc, h.hold_id desc limit $4`,
    [query.accountId, query.before?.[0] ?? null, query.before?.[1] ?? null, query.limit],
  );
}

/** Disputes that nobody has decided yet, the soonest due first (L5). */
export function listOpenDisputes(
  tx: Tx,
  query: { after: string[] | undefined; limit: number },
): Promise<HoldItem[]> {
  return tx.rows<HoldItem>(
    `select ${COLUMNS} from holds h join accounts a using (account_id)
      where h.kind = 'dispute' and h.ended_at is null and h.decision_due_at is not null
        and ($1::timestamptz is null or (h.decision_due_at, h.hold_id) > ($1, $2))
      order by h.decision_due_at, h.hold_id limit $3`,
    [query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}

export function findHold(tx: Tx, holdId: string): Promise<HoldItem | undefined> {
  return tx.row<HoldItem>(
    `select ${COLUMNS} from holds h join accounts a using (account_id) where h.hold_id = $1`,
    [holdId],
  );
}

/** The dispute of an account that waits for a decision. */
export function findOpenDispute(tx: Tx, accountNo: string): Promise<HoldItem | undefined> {
  return tx.row<HoldItem>(
    `select ${COLUMNS} from holds h join accounts a using (account_id)
      where a.account_no = $1 and h.kind = 'dispute' and h.ended_at is null order by h.occurred_at limit 1`,
    [accountNo],
  );
}
