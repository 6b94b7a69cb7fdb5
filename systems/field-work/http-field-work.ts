import { z } from 'zod';
import { jsonClient } from '../http/json-client.ts';
import type { FieldWorkPort } from './port.ts';

const TIMEOUT_MS = 8_000;
const status = z.enum(['received', 'accepted', 'recalled', 'recall-acknowledged', 'done']);

/** The crews' work-order system over HTTP. */
export function httpFieldWork(options: { baseUrl: string; token: string }): FieldWorkPort {
  const client = jsonClient({ ...options, system: 'field-work', timeoutMs: TIMEOUT_MS });
  const at = (ticketId: string) => `/work-orders/${encodeURIComponent(ticketId)}`;
  return {
    dispatch: (order) => client.request('POST', '/work-orders', z.object({ orderId: z.string() }), order),
    standDown: (ticketId, reason) =>
      client.request('POST', `${at(ticketId)}/stand-down`, z.object({ acknowledged: z.boolean() }), {
        reason,
      }),
    read: (ticketId) => client.request('GET', at(ticketId), z.object({ status })),
  };
}
