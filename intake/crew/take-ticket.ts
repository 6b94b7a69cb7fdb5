import type { Tx } from '../../db/database.ts';
import { IntakeRefused } from '../deps.ts';
import { takeAccount, type AccountInHand } from '../take-account.ts';

/** A stop ticket as its crew sees it. */
export interface TicketInHand {
  ticketId: string;
  caseId: string;
  attempt: number;
  status: 'raised' | 'dispatched' | 'recalled' | 'recall-acknowledged' | 'done' | 'not-done';
  meterNo: string;
  raisedBy: string;
  raisedAt: string;
}

/** Locks the account, then reads its stop ticket. @throws IntakeRefused `unknown-ticket` (404) */
export async function takeTicket(
  tx: Tx,
  ticketId: string,
): Promise<{ account: AccountInHand; ticket: TicketInHand }> {
  const of = await tx.row<{ account_id: string }>(
    `select account_id from tickets where ticket_id = $1 and kind = 'stop'`,
    [ticketId],
  );
  if (of === undefined) throw new IntakeRefused('unknown-ticket', 404, { ticketId });
  const account = await takeAccount(tx, { accountId: of.account_id });
  const ticket = await tx.row<TicketInHand>(
    `select ticket_id as "ticketId", case_id as "caseId", attempt, status, meter_no as "meterNo", raised_by as "raisedBy",
            occurred_at as "raisedAt"
       from tickets where ticket_id = $1`,
    [ticketId],
  );
  if (ticket === undefined) throw new IntakeRefused('unknown-ticket', 404, { ticketId });
  return { account, ticket };
}
