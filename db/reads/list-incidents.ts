import type { Reason } from '../../rules/verdict.ts';
import type { Tx } from '../database.ts';

export interface IncidentItem {
  incidentId: string;
  stopId: string;
  caseId: string | null;
  accountNo: string;
  nameEnc: Buffer;
  centreId: string;
  kind: string;
  reasons: Reason[];
  occurredAt: string;
  stoppedAt: string;
  stopInForce: boolean;
  restoredAt: string | null;
  apologyAt: string | null;
  compensationFen: number | null;
  cause: string | null;
  closedAt: string | null;
}

const SELECT = `select i.incident_id as "incidentId", i.stop_id as "stopId", s.case_id as "caseId",
       a.account_no as "accountNo", a.name_enc as "nameEnc", i.centre_id as "centreId", i.kind, i.reasons,
       i.occurred_at as "occurredAt", s.occurred_at as "stoppedAt", s.in_force as "stopInForce", s.restored_at as "restoredAt",
       i.apology_at as "apologyAt", i.compensation_fen as "compensationFen", i.cause, i.closed_at as "closedAt"
  from incidents i join stops s using (stop_id) join accounts a on a.account_id = s.account_id`;

/** Wrongful stops and races of the scope, newest first. */
export function listIncidents(
  tx: Tx,
  query: { open: boolean; before: string[] | undefined; limit: number },
): Promise<IncidentItem[]> {
  return tx.rows<IncidentItem>(
    `${SELECT} where (i.closed_at is null) = $1
        and ($2::timestamptz is null or (i.occurred_at, i.incident_id) < ($2, $3))
      order by i.occurred_at desc, i.incident_id desc limit $4`,
    [query.open, query.before?.[0] ?? null, query.before?.[1] ?? null, query.limit],
  );
}

export function findIncident(tx: Tx, incidentId: string): Promise<IncidentItem | undefined> {
  return tx.row<IncidentItem>(`${SELECT} where i.incident_id = $1`, [incidentId]);
}
