import { z } from 'zod';
import { jsonClient } from '../http/json-client.ts';
import type { CreditPlatformPort } from './port.ts';
import { sealRecord } from './seal-record.ts';

const TIMEOUT_MS = 15_000;
const state = z.object({
  state: z.enum(['received', 'accepted', 'rejected', 'withdrawn']),
  code: z.string().nullable(),
});

/** The public credit platform over HTTP, in the format of docs/credit-export-format.md. */
export function httpCreditPlatform(options: { baseUrl: string; token: string }): CreditPlatformPort {
  const client = jsonClient({ ...options, system: 'credit-platform', timeoutMs: TIMEOUT_MS });
  const path = (platformId: string): string => `/records/${encodeURIComponent(platformId)}`;
  return {
    report: (record) =>
      client.request('POST', '/records', z.object({ platformId: z.string() }), sealRecord(record)),
    stateOf: (platformId) => client.request('GET', path(platformId), state),
    async withdraw(platformId, why) {
      await client.request('POST', `${path(platformId)}/withdrawal`, state, why);
    },
  };
}
