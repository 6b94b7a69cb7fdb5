import { json } from '../../db/database.ts';
import { mayDecideForSilent } from '../../rules/approval/may-decide-for-silent.ts';
import { takeTicket } from '../crew/take-ticket.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { standDown } from '../stand-down.ts';
import { tellCase } from '../tell-case.ts';

/** A senior decides on a stop of which nobody is known to know (T3.6). */
export interface SeniorDecision {
  ticketId: string;
  by: string;
  /** Roles of the person's verified token. */
  roles: readonly string[];
  decision: 'go-ahead' | 'refuse';
  /** In words; kept with the case. */
  reason: string;
}

/**
 * Stores the explicit decision, once an attempt; a refusal takes the ticket back at once.
 * @throws IntakeRefused `unknown-ticket` (404), the code of the rule that refuses (409), `already-decided` (409)
 */
export function recordSeniorDecision(intake: Intake, fact: SeniorDecision): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, ticket } = await takeTicket(tx, fact.ticketId);
    const verdict = mayDecideForSilent({
      personId: fact.by,
      roles: fact.roles,
      applicantId: ticket.raisedBy,
      reason: fact.reason,
    });
    const [refusal] = verdict.outcome === 'permitted' ? [] : verdict.reasons;
    if (refusal !== undefined) throw new IntakeRefused(refusal.code, 409, { ...refusal.params });
    const before = await tx.row<{ decision: string; by: string }>(
      `select detail ->> 'decision' as decision, detail ->> 'by' as by from case_steps
        where case_id = $1 and step = 'senior-decision' and attempt = $2`,
      [ticket.caseId, ticket.attempt],
    );
    if (before?.decision === fact.decision && before.by === fact.by) return;
    if (before !== undefined) throw new IntakeRefused('already-decided', 409, { ticketId: fact.ticketId });
    const at = new Date(account.nowMs).toISOString();
    await tx.run(
      `insert into case_steps (company_id, centre_id, case_id, step, attempt, detail, occurred_at)
       values ($1, $2, $3, 'senior-decision', $4, $5, $6)`,
      [
        account.companyId,
        account.centreId,
        ticket.caseId,
        ticket.attempt,
        json({ by: fact.by, decision: fact.decision, reason: fact.reason }),
        at,
      ],
    );
    await tx.run(
      `update tasks set done_at = $2, outcome = $3 where ref = $1 and kind = 'somebody-knows' and done_at is null`,
      [fact.ticketId, at, fact.decision],
    );
    if (fact.decision === 'refuse') await standDown(tx, account, 'senior-refused', fact.by);
    await keepRecord(tx, account, {
      action: 'senior.decided',
      factId: fact.ticketId,
      actor: fact.by,
      occurredAt: at,
      body: { ticketId: fact.ticketId, decision: fact.decision },
    });
    await tellCase(tx, account, 'senior-decision', fact.ticketId);
  });
}
