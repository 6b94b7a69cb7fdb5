import { json } from '../../db/database.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { factTime } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { takeTicket } from './take-ticket.ts';

/** The reader who served the notice, called to the site, says which meter it is (T2.7). */
export interface MeterIdentified {
  ticketId: string;
  readerId: string;
  meterNo: string;
  proofs: readonly string[];
  /** ISO, case time; now where it is left out. */
  occurredAt?: string;
}

/**
 * Stores the identification; only the number of the account's own meter counts.
 * @throws IntakeRefused `unknown-ticket` (404), `not-the-serving-reader` (409), `wrong-meter` (422)
 */
export function identifyMeter(intake: Intake, fact: MeterIdentified): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, ticket } = await takeTicket(tx, fact.ticketId);
    const served = await tx.row(
      `select 1 from services s join notices n using (notice_id)
        where n.case_id = $1 and n.attempt = $2 and n.kind = 'red' and s.counts and s.recorded_by = $3`,
      [ticket.caseId, ticket.attempt, fact.readerId],
    );
    if (served === undefined && account.readerId !== fact.readerId)
      throw new IntakeRefused('not-the-serving-reader', 409, { readerId: fact.readerId });
    if (fact.meterNo !== account.meterNo)
      throw new IntakeRefused('wrong-meter', 422, { meterNo: fact.meterNo });
    const at = factTime(account, fact.occurredAt);
    await tx.run(
      `insert into case_steps (company_id, centre_id, case_id, step, attempt, detail, occurred_at)
       values ($1, $2, $3, 'meter-identified', $4, $5, $6) on conflict do nothing`,
      [
        account.companyId,
        account.centreId,
        ticket.caseId,
        ticket.attempt,
        json({ by: fact.readerId, meterNo: fact.meterNo, proofs: fact.proofs }),
        at,
      ],
    );
    await tx.run(
      `update tasks set done_at = $2, outcome = 'identified' where ref = $1 and kind = 'identify-meter' and done_at is null`,
      [fact.ticketId, at],
    );
    await keepRecord(tx, account, {
      action: 'meter.identified',
      factId: fact.ticketId,
      actor: fact.readerId,
      occurredAt: at,
      body: { ticketId: fact.ticketId, meterNo: fact.meterNo, proofs: fact.proofs },
    });
    await tellCase(tx, account, 'meter-identified', fact.ticketId);
  });
}
