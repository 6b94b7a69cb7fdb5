import type { Tx } from '../database.ts';

export interface StopItem {
  stopId: string;
  accountNo: string;
  centreId: string;
  caseId: string | null;
  classification: string;
  method: string;
  meterNo: string;
  principalFen: number;
  inForce: boolean;
  occurredAt: string;
  restoredAt: string | null;
  triggers: string[];
}

const SELECT = `select s.stop_id as "stopId", a.account_no as "accountNo", s.centre_id as "centreId", s.case_id as "caseId",
       s.classification, s.method, s.meter_no as "meterNo", s.principal_fen as "principalFen",
       s.in_force as "inForce", s.occurred_at as "occurredAt", s.restored_at as "restoredAt",
       array(select distinct t.kind from restoration_triggers t where t.stop_id = s.stop_id order by 1) as triggers
  from stops s join accounts a using (account_id)`;

/** Stops of the scope, in force or over, oldest first. */
export function listStops(
  tx: Tx,
  query: { inForce: boolean; after: string[] | undefined; limit: number },
): Promise<StopItem[]> {
  return tx.rows<StopItem>(
    `${SELECT} where s.in_force = $1 and ($2::timestamptz is null or (s.occurred_at, s.stop_id) > ($2, $3))
      order by s.occurred_at, s.stop_id limit $4`,
    [query.inForce, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}

export function findStop(tx: Tx, stopId: string): Promise<StopItem | undefined> {
  return tx.row<StopItem>(`${SELECT} where s.stop_id = $1`, [stopId]);
}
