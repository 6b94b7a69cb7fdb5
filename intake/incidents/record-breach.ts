import { json } from '../../db/database.ts';
import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { triggerRestoration } from '../restorations/trigger-restoration.ts';
import { standDown } from '../stand-down.ts';
import { takeAccount } from '../take-account.ts';
import { openIncident } from './open-incident.ts';

/** A meter that is off and for which no permit was ever given. */
export interface OffWithoutPermit {
  accountId: string;
  meterNo: string;
  readingKwh: number | null;
  /** What found it, e.g. a reconciliation's id. */
  foundBy: string;
}

/**
 * Records a stop that nobody permitted as the breach it is (T3.4): a wrongful stop with its incident, whoever is on the way to
 * this customer is recalled, and the light is owed at once (L3). An account that counts as stopped already is left as it is.
 */
export function recordBreach(
  intake: Intake,
  fact: OffWithoutPermit,
): Promise<{ stopId: string } | undefined> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountId: fact.accountId });
    const known = await tx.row<{ stops: number; inForce: boolean }>(
      `select count(*)::int as stops, coalesce(bool_or(in_force), false) as "inForce" from stops where account_id = $1`,
      [fact.accountId],
    );
    if (known === undefined || known.inForce) return undefined;
    const { companyId, centreId, accountId } = account;
    const stopId = `stop/found/${accountId}/${known.stops + 1}`;
    const occurredAt = new Date(account.nowMs).toISOString();
    const reasons = [{ code: 'off-without-permit', clause: 'T3.4' }];
    await tx.run(
      `insert into stops (stop_id, company_id, centre_id, account_id, named_bills, principal_fen, classification, reasons,
                          method, meter_no, proof, occurred_at)
       values ($1, $2, $3, $4, '[]', 0, 'wrongful', $5, 'unknown', $6, $7, $8)`,
      [
        stopId,
        companyId,
        centreId,
        accountId,
        json(reasons),
        fact.meterNo,
        json({ readingKwh: fact.readingKwh, proofs: [], foundBy: fact.foundBy }),
        occurredAt,
      ],
    );
    await standDown(tx, account, 'found-off');
    await keepRecord(tx, account, {
      action: 'supply.found-off',
      factId: stopId,
      actor: 'fudian',
      occurredAt,
      body: { stopId, meterNo: fact.meterNo, foundBy: fact.foundBy },
    });
    await openIncident(tx, account, { stopId, kind: 'breach', reasons, occurredAt });
    await triggerRestoration(tx, account, { stopId, kind: 'wrongful-stop', factId: stopId, occurredAt });
    return { stopId };
  });
}
