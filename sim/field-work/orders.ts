import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { FieldWorkPort, WorkOrder } from '../../systems/field-work/port.ts';
import type { Statements } from '../books/books.ts';
import { readSetting, writeSetting } from '../books/settings.ts';
import type { SimContext } from '../context.ts';
import { HttpProblem } from '../http/problem.ts';

export type OrderStatus = Awaited<ReturnType<FieldWorkPort['read']>>['status'];

export const workOrder = z.strictObject({
  ticketId: z.string().min(1),
  kind: z.enum(['stop', 'restore', 'serve-notice']),
  accountNo: z.string().min(1),
  meterNo: z.string().min(1),
  address: z.string(),
  plannedFrom: z.iso.datetime({ offset: true }),
  plannedTo: z.iso.datetime({ offset: true }),
  form: z.record(z.string(), z.string()),
}) satisfies z.ZodType<WorkOrder>;

/** A work order as a crew sees it. */
export interface CrewOrder {
  order: WorkOrder;
  orderId: string;
  status: OrderStatus;
  standDownReason: string | null;
  standDowns: number;
}

interface OrderRow {
  ticket_id: string;
  order_id: string;
  body: WorkOrder;
  status: OrderStatus;
  online: boolean | null;
  stand_down_reason: string | null;
  stand_downs: number;
}

const deviceSetting = 'crew-devices';
type DeviceMode = 'online' | 'device-offline';

/** Gives an order to the crews; the same again is the same order. @throws HttpProblem 409 `ticket-differs` */
export async function takeOrder(
  books: Statements,
  order: WorkOrder,
): Promise<{ orderId: string; isNew: boolean }> {
  const [made] = await books.rows<OrderRow>(
    `insert into work_order (ticket_id, order_id, body, status) values ($1, $2, $3, 'received')
     on conflict (ticket_id) do nothing returning *`,
    [order.ticketId, `order-${randomUUID()}`, JSON.stringify(order)],
  );
  if (made) return { orderId: made.order_id, isNew: true };
  const known = await readOrder(books, order.ticketId);
  if (!isDeepStrictEqual(known.order, order)) {
    throw new HttpProblem(409, 'ticket-differs', `Ticket ${order.ticketId} is known with other content.`);
  }
  return { orderId: known.orderId, isNew: false };
}

/** Tells the crew's device to stand down; it acknowledges at once when it is online. @throws HttpProblem 404 `unknown-ticket`, 409 `already-done` */
export async function standDown(
  sim: SimContext,
  ticketId: string,
  reason: string,
): Promise<{ acknowledged: boolean }> {
  const standard = await deviceMode(sim.books);
  const [row] = await sim.books.rows<OrderRow>(
    `update work_order set stand_down_reason = coalesce(stand_down_reason, $2), stand_downs = stand_downs + 1,
            status = case when status in ('done', 'recall-acknowledged') then status
                          when coalesce(online, $3) then 'recall-acknowledged' else 'recalled' end
      where ticket_id = $1 returning *`,
    [ticketId, reason, standard === 'online'],
  );
  if (!row) throw unknownTicket(ticketId);
  if (row.status === 'done') {
    throw new HttpProblem(409, 'already-done', `The work of ticket ${ticketId} is done already.`);
  }
  return { acknowledged: row.status === 'recall-acknowledged' };
}

/** @throws HttpProblem 404 `unknown-ticket` */
export async function readOrder(books: Statements, ticketId: string): Promise<CrewOrder> {
  const [row] = await books.rows<OrderRow>('select * from work_order where ticket_id = $1', [ticketId]);
  if (!row) throw unknownTicket(ticketId);
  return orderOf(row);
}

/** The orders that crews have, oldest first, all or of one status. */
export async function listOrders(books: Statements, status: OrderStatus | null): Promise<CrewOrder[]> {
  const rows = await books.rows<OrderRow>(
    'select * from work_order where $1::text is null or status = $1 order by seq',
    [status],
  );
  return rows.map(orderOf);
}

/** A crew accepts an order or has done it; one that was recalled can no longer be accepted. @throws HttpProblem 404, 409 `order-recalled` */
export async function moveOrder(
  books: Statements,
  ticketId: string,
  status: 'accepted' | 'done',
): Promise<CrewOrder> {
  const known = await readOrder(books, ticketId);
  const recalled = known.status === 'recalled' || known.status === 'recall-acknowledged';
  if (recalled && status === 'accepted') {
    throw new HttpProblem(409, 'order-recalled', `Ticket ${ticketId} was recalled.`);
  }
  const [row] = await books.rows<OrderRow>(
    'update work_order set status = $2 where ticket_id = $1 returning *',
    [ticketId, status],
  );
  if (!row) throw unknownTicket(ticketId);
  return orderOf(row);
}

/** Switches one crew's device, or all of them; a device that comes back acknowledges what it missed. @throws HttpProblem 404 */
export async function switchDevices(
  books: Statements,
  mode: DeviceMode,
  ticketId: string | undefined,
): Promise<void> {
  const online = mode === 'online';
  if (ticketId === undefined) await writeSetting(books, deviceSetting, mode);
  const touched = await books.rows(
    `update work_order set online = case when $1::text is null then null else $2::boolean end,
            status = case when status = 'recalled' and $2 then 'recall-acknowledged' else status end
      where $1::text is null or ticket_id = $1 returning 1`,
    [ticketId ?? null, online],
  );
  if (ticketId !== undefined && touched.length === 0) throw unknownTicket(ticketId);
}

async function deviceMode(books: Statements): Promise<DeviceMode> {
  return (await readSetting<DeviceMode>(books, deviceSetting)) ?? 'online';
}

function orderOf(row: OrderRow): CrewOrder {
  return {
    order: row.body,
    orderId: row.order_id,
    status: row.status,
    standDownReason: row.stand_down_reason,
    standDowns: row.stand_downs,
  };
}

function unknownTicket(ticketId: string): HttpProblem {
  return new HttpProblem(404, 'unknown-ticket', `There is no ticket ${ticketId}.`);
}
