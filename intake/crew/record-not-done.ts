import type { Intake } from '../deps.ts';
import { IntakeRefused } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { factTime } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { takeTicket } from './take-ticket.ts';

/** The crew could not, or would not, stop: a reason, never a second try on the same day. */
export interface NotDoneFact {
  ticketId: string;
  crewId: string;
  /** Stable code, e.g. `no-access`, `life-support-on-site`, `meter-differs`. */
  reason: string;
  /** ISO, case time; now where it is left out. */
  occurredAt?: string;
}

/** Stores that a stop was not carried out; the attempt slips to a new day. @throws IntakeRefused `unknown-ticket` (404), `ticket-closed` (409) */
export function recordNotDone(intake: Intake, fact: NotDoneFact): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, ticket } = await takeTicket(tx, fact.ticketId);
    if (ticket.status === 'not-done') return;
    if (ticket.status !== 'raised' && ticket.status !== 'dispatched')
      throw new IntakeRefused('ticket-closed', 409, { status: ticket.status });
    const at = factTime(account, fact.occurredAt);
    await tx.run(
      `update tickets set status = 'not-done', not_done_reason = $2, crew_id = $3 where ticket_id = $1`,
      [fact.ticketId, fact.reason, fact.crewId],
    );
    await tx.run(
      `update permits set status = 'revoked', revoked_at = $2, revoke_reason = 'not-done'
        where ticket_id = $1 and status = 'granted'`,
      [fact.ticketId, at],
    );
    await keepRecord(tx, account, {
      action: 'ticket.not-done',
      factId: fact.ticketId,
      actor: fact.crewId,
      occurredAt: at,
      body: { ticketId: fact.ticketId, reason: fact.reason },
    });
    await tellCase(tx, account, 'not-done', fact.ticketId);
  });
}
