import { json } from '../../db/database.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { boundedTime } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { takeTicket } from './take-ticket.ts';

/** Somebody told the customer to the face before the stop (T2.4): with a photo, or it did not happen. */
export interface ToldInPerson {
  ticketId: string;
  by: string;
  proofs: readonly string[];
  occurredAt?: string;
}

/** @throws IntakeRefused `unknown-ticket` (404), `proof-missing` (422) */
export function tellInPerson(intake: Intake, fact: ToldInPerson): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    if (fact.proofs.length === 0) throw new IntakeRefused('proof-missing', 422);
    const { account, ticket } = await takeTicket(tx, fact.ticketId);
    const occurredAt = boundedTime(account, fact.occurredAt, ticket.raisedAt);
    await tx.run(
      `insert into case_steps (company_id, centre_id, case_id, step, attempt, detail, occurred_at)
       values ($1, $2, $3, 'told-in-person', $4, $5, $6) on conflict do nothing`,
      [
        account.companyId,
        account.centreId,
        ticket.caseId,
        ticket.attempt,
        json({ by: fact.by, proofs: fact.proofs }),
        occurredAt,
      ],
    );
    await keepRecord(tx, account, {
      action: 'customer.told-in-person',
      factId: fact.ticketId,
      actor: fact.by,
      occurredAt,
      body: { ticketId: fact.ticketId, proofs: fact.proofs },
    });
    await tellCase(tx, account, 'told-in-person', fact.ticketId);
  });
}
