import { z } from 'zod';
import { jsonClient } from '../http/json-client.ts';
import type { MeterPort } from './port.ts';

const TIMEOUT_MS = 8_000;
const statusAnswer = z.object({ status: z.enum(['pending', 'done', 'failed', 'expired', 'unknown']) });
const reading = z.object({
  relay: z.enum(['open', 'closed']),
  voltagePresent: z.boolean(),
  readingKwh: z.number().nonnegative(),
  at: z.string(),
});

/** Remote switch of fee-control meters over HTTP. */
export function httpMeter(options: { baseUrl: string; token: string }): MeterPort {
  const client = jsonClient({ ...options, system: 'meter', timeoutMs: TIMEOUT_MS });
  const at = (meterNo: string) => `/meters/${encodeURIComponent(meterNo)}`;
  return {
    command: ({ meterNo, ...command }) =>
      client.request('POST', `${at(meterNo)}/commands`, z.object({ accepted: z.boolean() }), command),
    async commandStatus(meterNo, commandId) {
      const path = `${at(meterNo)}/commands/${encodeURIComponent(commandId)}`;
      return (await client.request('GET', path, statusAnswer)).status;
    },
    read: (meterNo) => client.request('GET', at(meterNo), reading),
  };
}
