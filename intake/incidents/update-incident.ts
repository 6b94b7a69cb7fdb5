import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

/** What was done about a wrongful stop (T3.4): each part once, closed when all are there and supply is back. */
export interface IncidentUpdate {
  incidentId: string;
  by: string;
  apologised?: boolean;
  compensationFen?: number;
  cause?: string;
  close?: boolean;
}

/** @throws IntakeRefused `unknown-incident` (404), `incident-incomplete` (409) */
export function updateIncident(intake: Intake, fact: IncidentUpdate): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string; in_force: boolean }>(
      'select s.account_id, s.in_force from incidents i join stops s using (stop_id) where i.incident_id = $1',
      [fact.incidentId],
    );
    if (of === undefined) throw new IntakeRefused('unknown-incident', 404, { what: 'incident' });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const at = new Date(account.nowMs).toISOString();
    const incident = await tx.row<{
      apology_at: string | null;
      compensation_fen: number | null;
      cause: string | null;
    }>(
      `update incidents set apology_at = coalesce(apology_at, $2), compensation_fen = coalesce($3, compensation_fen),
              cause = coalesce($4, cause) where incident_id = $1 returning apology_at, compensation_fen, cause`,
      [
        fact.incidentId,
        fact.apologised === true ? at : null,
        fact.compensationFen ?? null,
        fact.cause ?? null,
      ],
    );
    const isComplete =
      incident !== undefined &&
      incident.apology_at !== null &&
      incident.compensation_fen !== null &&
      incident.cause !== null;
    if (fact.close === true) {
      if (!isComplete || of.in_force) throw new IntakeRefused('incident-incomplete', 409);
      await tx.run(`update incidents set closed_at = coalesce(closed_at, $2) where incident_id = $1`, [
        fact.incidentId,
        at,
      ]);
    }
    await keepRecord(tx, account, {
      action: fact.close === true ? 'incident.closed' : 'incident.updated',
      factId: `${fact.incidentId}/${at}`,
      actor: fact.by,
      occurredAt: at,
      body: { incidentId: fact.incidentId, compensationFen: fact.compensationFen ?? null },
    });
  });
}
