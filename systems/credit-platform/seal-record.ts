import { createHash } from 'node:crypto';
import type { PlatformRecord, SealedRecord } from './port.ts';

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`);
  return `{${fields.join(',')}}`;
}

/** Adds format and checksum: keys in the order of their code units, no white space, UTF-8; the same record, the same checksum. */
export function sealRecord(record: PlatformRecord): SealedRecord {
  const framed = { format: 'fudian-credit/1', ...record } as const;
  return { ...framed, checksum: createHash('sha256').update(canonical(framed)).digest('hex') };
}
