import type { Vault } from '../keys/vault.ts';
import type { Tx } from '../database.ts';

export interface TicketItem {
  ticketId: string;
  kind: 'stop' | 'restore';
  status: string;
  accountId: string;
  accountNo: string;
  caseId: string | null;
  stopId: string | null;
  meterNo: string;
  plannedFrom: string;
  plannedTo: string;
  recallReason: string | null;
}

const COLUMNS = `t.ticket_id as "ticketId", t.kind, t.status, t.account_id as "accountId", a.account_no as "accountNo",
       t.case_id as "caseId", t.stop_id as "stopId", t.meter_no as "meterNo", t.planned_from as "plannedFrom",
       t.planned_to as "plannedTo", t.recall_reason as "recallReason"`;

/** Tickets of the scope that somebody has to act on, restorations first. */
export function listTickets(
  tx: Tx,
  query: { kind?: string | undefined; after: string[] | undefined; limit: number },
): Promise<TicketItem[]> {
  return tx.rows<TicketItem>(
    `select ${COLUMNS} from tickets t join accounts a using (account_id)
      where t.status in ('raised', 'dispatched', 'recalled') and ($1::text is null or t.kind = $1)
        and ($2::timestamptz is null or (t.planned_to, t.ticket_id) > ($2, $3))
      order by t.planned_to, t.ticket_id limit $4`,
    [query.kind ?? null, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}

export type TicketView = TicketItem & { form: Record<string, string> };

/** One ticket with its form, as printed. */
export async function readTicket(tx: Tx, vault: Vault, ticketId: string): Promise<TicketView | undefined> {
  const row = await tx.row<TicketItem & { formEnc: Buffer }>(
    `select ${COLUMNS}, t.form_enc as "formEnc" from tickets t join accounts a using (account_id) where t.ticket_id = $1`,
    [ticketId],
  );
  if (row === undefined) return undefined;
  const { formEnc, ...ticket } = row;
  return { ...ticket, form: vault.openJson<Record<string, string>>(formEnc) };
}
