import { putOutbox } from '../../db/outbox/put-outbox.ts';
import type { WorkOrder } from '../../systems/field-work/port.ts';
import { act, type ActivityDeps } from '../deps.ts';

interface TicketRow {
  ticket_id: string;
  kind: 'stop' | 'restore';
  status: string;
  meter_no: string;
  account_no: string;
  address_enc: Buffer;
  form_enc: Buffer;
  planned_from: string;
  planned_to: string;
}

/**
 * Gives a ticket to the crew system; the same ticket twice is one order there. A ticket recalled meanwhile is not sent.
 * @throws SystemUnavailable | SystemRefused
 */
export const dispatchTicket =
  (deps: ActivityDeps) =>
  async (at: { companyId: string; ticketId: string }): Promise<void> => {
    const ticket = await act(deps, at, (tx) =>
      tx.row<TicketRow>(
        // The light goes back to the meter that went dark: where a wrong one was taken, the crew is sent to that household's door.
        `select t.ticket_id, t.kind, t.status, t.meter_no, a.account_no, a.address_enc, t.form_enc, t.planned_from, t.planned_to
           from tickets t
           join lateral (
             select * from accounts x
              where x.account_id = t.account_id
                 or (t.kind = 'restore' and x.company_id = t.company_id and x.meter_no = t.meter_no)
              order by x.meter_no <> t.meter_no, x.account_id <> t.account_id limit 1) a on true
          where t.ticket_id = $1`,
        [at.ticketId],
      ),
    );
    if (ticket === undefined) throw new Error(`ticket ${at.ticketId} is not stored`);
    if (ticket.status !== 'raised' && ticket.status !== 'dispatched') return;
    const order: WorkOrder = {
      ticketId: ticket.ticket_id,
      kind: ticket.kind,
      accountNo: ticket.account_no,
      meterNo: ticket.meter_no,
      address: deps.vault.open(ticket.address_enc),
      plannedFrom: ticket.planned_from,
      plannedTo: ticket.planned_to,
      form: deps.vault.openJson<Record<string, string>>(ticket.form_enc),
    };
    await deps.systems.fieldWork.dispatch(order);
    await act(deps, at, async (tx) => {
      await tx.run(`update tickets set status = 'dispatched' where ticket_id = $1 and status = 'raised'`, [
        at.ticketId,
      ]);
      // Recalled while the order was on its way: the crew system may have heard of the recall first, and known no order then.
      const recalled = await tx.row<{ reason: string | null }>(
        `select recall_reason as reason from tickets where ticket_id = $1 and status = 'recalled'`,
        [at.ticketId],
      );
      if (recalled !== undefined)
        await putOutbox(tx, at.companyId, {
          kind: 'stand-down',
          key: `stand-down/${at.ticketId}/after-dispatch`,
          payload: { ticketId: at.ticketId, reason: recalled.reason ?? 'recalled' },
        });
    });
  };
