import type { Request } from 'express';
import { Router, json } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { faultGate } from '../faults/gate.ts';
import { requireBearer } from '../http/bearer.ts';
import { parse } from '../http/problem.ts';
import {
  listOrders,
  moveOrder,
  readOrder,
  standDown,
  switchDevices,
  takeOrder,
  workOrder,
} from './orders.ts';

const standDownBody = z.strictObject({ reason: z.string() });
const listQuery = z.object({
  status: z.enum(['received', 'accepted', 'recalled', 'recall-acknowledged', 'done']).optional(),
});
const moveBody = z.strictObject({ status: z.enum(['accepted', 'done']) });
const deviceBody = z.strictObject({
  mode: z.enum(['online', 'device-offline']),
  ticketId: z.string().optional(),
});

/** The crews' work-order system as Fudian calls it. */
export function fieldWorkRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.use(faultGate(sim.faults, { system: 'field-work', subjectOf: subjectOfOrder }));
  router.use(requireBearer(sim.secrets.fieldWorkToken));
  router.post('/work-orders', async (request, response) => {
    const { orderId, isNew } = await takeOrder(sim.books, parse(workOrder, request.body));
    response.status(isNew ? 201 : 200).json({ orderId });
  });
  router.post('/work-orders/:ticketId/stand-down', async (request, response) => {
    const { reason } = parse(standDownBody, request.body);
    response.json(await standDown(sim, request.params.ticketId, reason));
  });
  router.get('/work-orders/:ticketId', async (request, response) => {
    response.json({ status: (await readOrder(sim.books, request.params.ticketId)).status });
  });
  return router;
}

/** What crews see and do, and whether their devices can be reached. */
export function fieldWorkControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.get('/orders', async (request, response) => {
    const { status } = parse(listQuery, request.query);
    response.json({ items: await listOrders(sim.books, status ?? null) });
  });
  router.post('/orders/:ticketId/status', async (request, response) => {
    const { status } = parse(moveBody, request.body);
    response.json(await moveOrder(sim.books, request.params.ticketId, status));
  });
  router.post('/device', async (request, response) => {
    const { mode, ticketId } = parse(deviceBody, request.body);
    await switchDevices(sim.books, mode, ticketId);
    response.json({ mode });
  });
  return router;
}

function subjectOfOrder(request: Request): { accountNo?: string; meterNo?: string } {
  const order = workOrder.partial().loose().safeParse(request.body);
  return {
    ...(order.data?.accountNo === undefined ? {} : { accountNo: order.data.accountNo }),
    ...(order.data?.meterNo === undefined ? {} : { meterNo: order.data.meterNo }),
  };
}
