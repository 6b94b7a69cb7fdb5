import { json } from '../../db/database.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { openIncident } from '../incidents/open-incident.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';
import { triggerRestoration } from './trigger-restoration.ts';

/** A leader finds that a stop should not have been. */
export interface WrongfulStopFound {
  stopId: string;
  by: string;
  /** In words; kept with the observation. */
  reason: string;
}

/**
 * Calls a stop in force wrongful: supply comes back whatever is owed, and an incident is opened (L3, T3.4). Told twice it is
 * one. @throws IntakeRefused `unknown-stop` (404), `not-stopped` (409)
 */
export function declareWrongful(intake: Intake, fact: WrongfulStopFound): Promise<void> {
  const { stopId, by, reason } = fact;
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string }>('select account_id from stops where stop_id = $1', [
      stopId,
    ]);
    if (of === undefined) throw new IntakeRefused('unknown-stop', 404, { what: 'stop' });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const reasons = [{ code: 'found-wrongful', clause: 'T3.4' }];
    const occurredAt = new Date(account.nowMs).toISOString();
    const found = await tx.row<{ classification: string }>(
      'select classification from stops where stop_id = $1 and in_force',
      [stopId],
    );
    if (found === undefined) throw new IntakeRefused('not-stopped', 409);
    if (found.classification === 'wrongful') return;
    await tx.run(
      `update stops set classification = 'wrongful', reasons = reasons || $2::jsonb where stop_id = $1`,
      [stopId, json(reasons)],
    );
    const { companyId, centreId, accountId } = account;
    const factId = `wrongful/${stopId}`;
    await tx.run(
      `insert into observations (observation_id, company_id, centre_id, account_id, case_id, kind, payload, occurred_at)
       values ($1, $2, $3, $4, null, 'wrongful-stop-found', $5, $6) on conflict do nothing`,
      [factId, companyId, centreId, accountId, json({ stopId, by, reason }), occurredAt],
    );
    await openIncident(tx, account, { stopId, kind: 'wrongful-stop', reasons, occurredAt });
    await keepRecord(tx, account, {
      action: 'stop.found-wrongful',
      factId,
      actor: by,
      occurredAt,
      body: { stopId },
    });
    await triggerRestoration(tx, account, { stopId, kind: 'wrongful-stop', factId, occurredAt });
  });
}
