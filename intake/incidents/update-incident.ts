import type { Tx } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';
import { whatIsOwed, type IncidentState } from './what-is-owed.ts';

/** What was done about a wrongful stop (T3.4): each part once, closed when all are there and supply is back. */
export interface IncidentUpdate {
  incidentId: string;
  by: string;
  apologised?: boolean;
  /** Whole fen; 0 where none is owed. */
  compensationFen?: number;
  cause?: string;
  close?: boolean;
}

interface IncidentRow extends IncidentState {
  readonly closedAt: string | null;
}

const READ = `select i.apology_at as "apologyAt", i.compensation_fen as "compensationFen", i.cause, i.closed_at as "closedAt",
       s.in_force as "stopInForce"
  from incidents i join stops s using (stop_id) where i.incident_id = $1`;

/** Nobody has to climb on for a matter that is settled; a report not raised yet is left to its own look. */
async function settleReport(
  tx: Tx,
  companyId: string,
  fact: { incidentId: string; by: string; at: string },
): Promise<void> {
  const seen = await tx.run(
    `update escalations set acknowledged_by = $2, acknowledged_at = $3
      where subject = 'stuck' and subject_id = $1 and acknowledged_at is null`,
    [fact.incidentId, fact.by, fact.at],
  );
  if (seen === 0) return;
  await putOutbox(tx, companyId, {
    kind: 'signal-report',
    key: `signal-report/stuck/${fact.incidentId}/closed`,
    payload: {
      subject: 'stuck',
      subjectId: fact.incidentId,
      signal: { kind: 'closed', factId: fact.incidentId },
    },
  });
}

async function close(tx: Tx, incident: IncidentRow, fact: { incidentId: string; at: string }): Promise<void> {
  const open = whatIsOwed(incident);
  if (open.length > 0) throw new IntakeRefused('incident-incomplete', 409, { missing: open.join(', ') });
  await tx.run(`update incidents set closed_at = $2 where incident_id = $1`, [fact.incidentId, fact.at]);
}

/**
 * Writes down what was done. A closed incident is closed: the same closing again changes nothing, anything else is refused.
 * @throws IntakeRefused `unknown-incident` (404), `incident-incomplete`, `incident-closed` (409), `not-an-amount`, `cause-without-words` (422)
 */
export function updateIncident(intake: Intake, fact: IncidentUpdate): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { incidentId, compensationFen = null, cause = null } = fact;
    if (compensationFen !== null && (!Number.isSafeInteger(compensationFen) || compensationFen < 0))
      throw new IntakeRefused('not-an-amount', 422, { compensationFen });
    if (cause !== null && cause.trim() === '') throw new IntakeRefused('cause-without-words', 422);
    const of = await tx.row<{ account_id: string }>(
      'select s.account_id from incidents i join stops s using (stop_id) where i.incident_id = $1',
      [incidentId],
    );
    if (of === undefined) throw new IntakeRefused('unknown-incident', 404, { what: 'incident' });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const before = await tx.row<IncidentRow>(READ, [incidentId]);
    if (before !== undefined && before.closedAt !== null) {
      const isSame =
        (compensationFen ?? before.compensationFen) === before.compensationFen &&
        (cause ?? before.cause) === before.cause;
      if (isSame) return;
      throw new IntakeRefused('incident-closed', 409, { incidentId });
    }
    const at = new Date(account.nowMs).toISOString();
    await tx.run(
      `update incidents set apology_at = coalesce(apology_at, $2), compensation_fen = coalesce($3, compensation_fen),
              cause = coalesce($4, cause) where incident_id = $1`,
      [incidentId, fact.apologised === true ? at : null, compensationFen, cause],
    );
    const after = await tx.row<IncidentRow>(READ, [incidentId]);
    if (fact.close === true && after !== undefined) {
      await close(tx, after, { incidentId, at });
      await settleReport(tx, account.companyId, { incidentId, by: fact.by, at });
    }
    await keepRecord(tx, account, {
      action: fact.close === true ? 'incident.closed' : 'incident.updated',
      factId: `${incidentId}/${at}`,
      actor: fact.by,
      occurredAt: at,
      body: { incidentId, compensationFen, apologised: fact.apologised === true },
    });
  });
}
