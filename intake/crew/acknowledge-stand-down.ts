import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { factTime } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { takeTicket } from './take-ticket.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';

/**
 * The crew has understood that it must not stop (T1.2). Where a permit was given, only the word of the crew that has it counts:
 * another one does not stop that hand. @throws IntakeRefused `unknown-ticket` (404), `not-recalled`, `permit-with-another-crew` (409)
 */
export function acknowledgeStandDown(
  intake: Intake,
  fact: { ticketId: string; crewId: string; occurredAt?: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, ticket } = await takeTicket(tx, fact.ticketId);
    if (ticket.status === 'recall-acknowledged') return;
    if (ticket.status !== 'recalled') throw new IntakeRefused('not-recalled', 409, { status: ticket.status });
    const holder = await tx.row<{ crew_id: string }>(
      'select crew_id from permits where ticket_id = $1 order by occurred_at desc, recorded_at desc limit 1',
      [fact.ticketId],
    );
    if (holder !== undefined && holder.crew_id !== fact.crewId)
      throw new IntakeRefused('permit-with-another-crew', 409);
    const at = factTime(account, fact.occurredAt);
    await tx.run(
      `update tickets set status = 'recall-acknowledged', recall_acknowledged_at = $2, crew_id = $3 where ticket_id = $1`,
      [fact.ticketId, at, fact.crewId],
    );
    await putOutbox(tx, account.companyId, {
      kind: 'signal-report',
      key: `signal-report/stand-down/${fact.ticketId}`,
      payload: {
        subject: 'stand-down',
        subjectId: fact.ticketId,
        signal: { kind: 'acknowledged', factId: fact.ticketId },
      },
    });
    await keepRecord(tx, account, {
      action: 'ticket.stand-down-acknowledged',
      factId: fact.ticketId,
      actor: fact.crewId,
      occurredAt: at,
      body: { ticketId: fact.ticketId },
    });
    await tellCase(tx, account, 'stand-down-acknowledged', fact.ticketId);
  });
}
