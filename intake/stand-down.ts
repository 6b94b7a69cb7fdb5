import type { Tx } from '../db/database.ts';
import { putOutbox } from '../db/outbox/put-outbox.ts';
import { keepRecord } from './keep-record.ts';
import type { AccountInHand } from './take-account.ts';

/** What was taken back. */
export interface StoodDown {
  permitIds: string[];
  ticketIds: string[];
}

/**
 * Takes back every right to stop this account (T1.2, T2.6): live permits are revoked, stop tickets recalled, and the crew's
 * device is told through the outbox. The caller holds the account's lock. `reason` is a stable code, e.g. `payment`.
 */
export async function standDown(
  tx: Tx,
  account: AccountInHand,
  reason: string,
  actor = 'fudian',
): Promise<StoodDown> {
  const at = new Date(account.nowMs).toISOString();
  const permits = await tx.rows<{ permit_id: string; ticket_id: string }>(
    `update permits set status = 'revoked', revoked_at = $2, revoke_reason = $3
      where account_id = $1 and status = 'granted' returning permit_id, ticket_id`,
    [account.accountId, at, reason],
  );
  const tickets = await tx.rows<{ ticket_id: string }>(
    `update tickets set status = 'recalled', recalled_at = $2, recall_reason = $3
      where account_id = $1 and kind = 'stop' and status in ('raised', 'dispatched') returning ticket_id`,
    [account.accountId, at, reason],
  );
  for (const { permit_id: permitId, ticket_id: ticketId } of permits)
    await keepRecord(tx, account, {
      action: 'permit.revoked',
      factId: permitId,
      actor,
      occurredAt: at,
      body: { permitId, ticketId, reason },
    });
  for (const { ticket_id: ticketId } of tickets) {
    await putOutbox(tx, account.companyId, {
      kind: 'stand-down',
      key: `stand-down/${ticketId}`,
      payload: { ticketId, reason },
    });
    await keepRecord(tx, account, {
      action: 'ticket.recalled',
      factId: ticketId,
      actor,
      occurredAt: at,
      body: { ticketId, reason },
    });
  }
  return { permitIds: permits.map((p) => p.permit_id), ticketIds: tickets.map((t) => t.ticket_id) };
}
