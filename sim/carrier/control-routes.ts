import { Router, json } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { toE164 } from '../http/phone.ts';
import { parse } from '../http/problem.ts';
import { phoneBehaviour, setBehaviours } from './behaviour.ts';
import type { CallRow } from './calls.ts';
import type { MessageRow } from './messages.ts';
import { receiveSms } from './messages.ts';

const inboundBody = z.strictObject({
  from: z.string().min(1),
  text: z.string(),
  to: z.string().default('+8695598'),
});
const listQuery = z.object({ phone: z.string().optional() });

/** A message that passed the carrier. */
export interface CarriedMessage {
  sid: string;
  from: string;
  to: string;
  text: string;
  direction: MessageRow['direction'];
  status: MessageRow['status'];
}

/** A call that passed the carrier: what the customer did, heard and pressed. */
export interface CarriedCall {
  sid: string;
  to: string;
  status: CallRow['status'];
  behaviour: CallRow['behaviour'];
  heard: CallRow['heard'];
  pressed: string[];
  /** Twilio's code when our TwiML failed, else null. */
  errorCode: number | null;
}

/** How phones behave, what customers write to us, and what passed the carrier so far. */
export function carrierControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.post('/behaviour', async (request, response) => {
    const behaviour = parse(phoneBehaviour, request.body);
    await setBehaviours(sim.books, [behaviour]);
    response.json({ ...behaviour, phone: toE164(behaviour.phone) });
  });
  router.post('/inbound', async (request, response) => {
    response.status(201).json(await receiveSms(sim, parse(inboundBody, request.body)));
  });
  router.get('/messages', async (request, response) => {
    response.json({ items: await listMessages(sim, phoneIn(request.query)) });
  });
  router.get('/calls', async (request, response) => {
    response.json({ items: await listCalls(sim, phoneIn(request.query)) });
  });
  return router;
}

/** Messages from or to a phone (E.164), or all of them, oldest first. */
export async function listMessages(sim: SimContext, phone: string | null): Promise<CarriedMessage[]> {
  const rows = await sim.books.rows<MessageRow>(
    `select * from carrier_message where $1::text is null or $1 in (to_phone, from_phone) order by seq`,
    [phone],
  );
  return rows.map((row) => ({
    sid: row.sid,
    from: row.from_phone,
    to: row.to_phone,
    text: row.body,
    direction: row.direction,
    status: row.status,
  }));
}

/** Calls to a phone (E.164), or all of them, oldest first. */
export async function listCalls(sim: SimContext, phone: string | null): Promise<CarriedCall[]> {
  const rows = await sim.books.rows<CallRow>(
    'select * from carrier_call where $1::text is null or to_phone = $1 order by seq',
    [phone],
  );
  return rows.map((row) => ({
    sid: row.sid,
    to: row.to_phone,
    status: row.status,
    behaviour: row.behaviour,
    heard: row.heard,
    pressed: row.pressed,
    errorCode: row.error_code,
  }));
}

function phoneIn(query: unknown): string | null {
  const { phone } = parse(listQuery, query);
  return phone === undefined ? null : toE164(phone);
}
