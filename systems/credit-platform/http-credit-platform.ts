import { z } from 'zod';
import { jsonClient } from '../http/json-client.ts';
import { SystemRefused } from '../errors.ts';
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
    async find(recordKey) {
      try {
        const path = `/records/by-key/${encodeURIComponent(recordKey)}`;
        return await client.request('GET', path, z.object({ platformId: z.string() }));
      } catch (error) {
        if (error instanceof SystemRefused && error.code === 'unknown-record') return null;
        throw error;
      }
    },
    async withdraw(platformId, why) {
      await client.request('POST', `${path(platformId)}/withdrawal`, state, why);
    },
  };
}
