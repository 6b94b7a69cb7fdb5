import { z } from 'zod';
import { SystemRefused } from '../errors.ts';
import { jsonClient } from '../http/json-client.ts';
import type { GovernmentPort } from './port.ts';

const TIMEOUT_MS = 15_000;
const signed = z.object({ receivedAt: z.string(), receivedBy: z.string() });

/** The power administration over HTTP: papers in, receipts out. */
export function httpGovernment(options: { baseUrl: string; token: string }): GovernmentPort {
  const client = jsonClient({ ...options, system: 'government', timeoutMs: TIMEOUT_MS });
  return {
    submit: (paper) => client.request('POST', '/papers', z.object({ submissionId: z.string() }), paper),
    async receipt(paperKey) {
      try {
        return await client.request('GET', `/papers/${encodeURIComponent(paperKey)}/receipt`, signed);
      } catch (error) {
        if (error instanceof SystemRefused && error.code === 'no-receipt-yet') return undefined;
        throw error;
      }
    },
  };
}
