import { json, type Tx } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import type { Reason } from '../../rules/verdict.ts';
import { keepRecord } from '../keep-record.ts';
import type { AccountInHand } from '../take-account.ts';

const RUNGS = ['station-head', 'marketing-manager', 'company-head', 'company-president'];
const RUNG_EVERY_MS = 60 * 60_000;

export interface NewIncident {
  stopId: string;
  kind: 'wrongful-stop' | 'race' | 'breach';
  reasons: readonly Reason[];
  /** ISO, case time. */
  occurredAt: string;
}

/** Opens the books of what went wrong with a stop (T3.4): it closes only with apology, compensation and cause, and is reported upward at once. */
export async function openIncident(tx: Tx, account: AccountInHand, incident: NewIncident): Promise<void> {
  const incidentId = `incident/${incident.stopId}`;
  const opened = await tx.run(
    `insert into incidents (incident_id, company_id, centre_id, stop_id, kind, reasons, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (stop_id) do nothing`,
    [
      incidentId,
      account.companyId,
      account.centreId,
      incident.stopId,
      incident.kind,
      json(incident.reasons),
      incident.occurredAt,
    ],
  );
  if (opened === 0) return;
  const { companyId, centreId, accountId } = account;
  await putOutbox(tx, companyId, {
    kind: 'start-report',
    key: `start-report/incident/${incident.stopId}`,
    payload: {
      input: {
        companyId,
        centreId,
        accountId,
        subject: 'stuck',
        subjectId: incidentId,
        rungs: RUNGS,
        firstRungAtMs: account.nowMs,
        rungEveryMs: RUNG_EVERY_MS,
        text: `${incident.kind}: ${incident.stopId}`,
      },
    },
  });
  await keepRecord(tx, account, {
    action: 'incident.opened',
    factId: incidentId,
    actor: 'fudian',
    occurredAt: incident.occurredAt,
    body: { incidentId, stopId: incident.stopId, kind: incident.kind, reasons: incident.reasons },
  });
}
