import type { Request, RequestHandler } from 'express';
import { Router, urlencoded } from 'express';
import type { SimContext } from '../context.ts';
import { faultGate } from '../faults/gate.ts';
import { sameSecret } from '../http/bearer.ts';
import type { CallRow } from './calls.ts';
import { createCall } from './calls.ts';
import { conditionsOf, listBody, pageOf } from './listing.ts';
import type { MessageRow } from './messages.ts';
import { createMessage } from './messages.ts';
import { callResource, messageResource } from './resource.ts';
import { TwilioError, carrierFaultBody, writeTwilioError } from './twilio-error.ts';

/** Twilio's REST API below /2010-04-01, as far as its SDK needs it for messages and calls. */
export function carrierRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(urlencoded({ extended: false, limit: '1mb' }));
  router.use(
    faultGate(sim.faults, {
      system: 'carrier',
      subjectOf: (request) => ({ phone: phoneOf(request) }),
      errorBody: carrierFaultBody,
    }),
  );
  router.use('/Accounts/:accountSid', requireAccount(sim));
  messageRoutes(sim, router);
  callRoutes(sim, router);
  router.use((request) => {
    throw notFound(request);
  });
  router.use(writeTwilioError);
  return router;
}

function messageRoutes(sim: SimContext, router: Router): void {
  const { books } = sim;
  const write = (row: MessageRow): unknown => messageResource(sim.secrets.twilioAccountSid, row);
  router.post('/Accounts/:accountSid/Messages.json', async (request, response) => {
    response.status(201).json(write(await createMessage(sim, formOf(request))));
  });
  router.get('/Accounts/:accountSid/Messages.json', async (request, response) => {
    const rows = await readPage<MessageRow>(sim, request, {
      table: 'carrier_message',
      // A message that waits in the queue is already found: else a retry would send it again.
      instants: { DateSent: 'coalesce(sent_at, created_at)' },
      texts: { To: 'to_phone', From: 'from_phone' },
    });
    response.json(listBody(request, 'messages', { ...rows, rows: rows.rows.map(write) }));
  });
  router.get('/Accounts/:accountSid/Messages/:sid.json', async (request, response) => {
    const [row] = await books.rows<MessageRow>('select * from carrier_message where sid = $1', [
      request.params.sid,
    ]);
    if (!row) throw notFound(request);
    response.json(write(row));
  });
}

function callRoutes(sim: SimContext, router: Router): void {
  const { books } = sim;
  const write = (row: CallRow): unknown => callResource(sim.secrets.twilioAccountSid, row);
  router.post('/Accounts/:accountSid/Calls.json', async (request, response) => {
    const events = bodyOf(request)['StatusCallbackEvent'];
    const asked = Array.isArray(events) ? events.map(String) : typeof events === 'string' ? [events] : [];
    response.status(201).json(write(await createCall(sim, formOf(request), asked)));
  });
  router.get('/Accounts/:accountSid/Calls.json', async (request, response) => {
    const rows = await readPage<CallRow>(sim, request, {
      table: 'carrier_call',
      instants: { StartTime: 'coalesce(started_at, created_at)', EndTime: 'ended_at' },
      texts: { To: 'to_phone', From: 'from_phone', Status: 'status' },
    });
    response.json(listBody(request, 'calls', { ...rows, rows: rows.rows.map(write) }));
  });
  router.get('/Accounts/:accountSid/Calls/:sid.json', async (request, response) => {
    const [row] = await books.rows<CallRow>('select * from carrier_call where sid = $1', [
      request.params.sid,
    ]);
    if (!row) throw notFound(request);
    response.json(write(row));
  });
}

async function readPage<Row extends MessageRow | CallRow>(
  sim: SimContext,
  request: Request,
  list: {
    table: 'carrier_message' | 'carrier_call';
    instants: Record<string, string>;
    texts: Record<string, string>;
  },
): Promise<{ rows: Row[]; page: number; pageSize: number; more: boolean }> {
  const { page, pageSize } = pageOf(request);
  const params: unknown[] = [];
  const conditions = conditionsOf(request, params, list);
  params.push(pageSize + 1, page * pageSize);
  const rows = await sim.books.rows<Row>(
    `select * from ${list.table} where ${conditions} order by seq desc
      limit $${params.length - 1} offset $${params.length}`,
    params,
  );
  return { rows: rows.slice(0, pageSize), page, pageSize, more: rows.length > pageSize };
}

function requireAccount(sim: SimContext): RequestHandler<{ accountSid: string }> {
  const { twilioAccountSid, twilioAuthToken } = sim.secrets;
  return (request, _response, next) => {
    const basic = /^Basic (.+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
    const given = Buffer.from(basic, 'base64').toString('utf8');
    const isKnown = sameSecret(given, `${twilioAccountSid}:${twilioAuthToken}`);
    if (!isKnown) throw new TwilioError(401, 20003, 'Authenticate');
    if (request.params.accountSid !== twilioAccountSid) throw notFound(request);
    next();
  };
}

function notFound(request: Request<never> | Request): TwilioError {
  return new TwilioError(404, 20404, `The requested resource ${request.originalUrl} was not found`);
}

function bodyOf(request: Request): Record<string, unknown> {
  const body: unknown = request.body;
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function formOf(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(bodyOf(request)).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : undefined,
    ]),
  );
}

function phoneOf(request: Request): string | undefined {
  const to = bodyOf(request)['To'] ?? request.query['To'];
  return typeof to === 'string' && to !== '' ? to : undefined;
}
