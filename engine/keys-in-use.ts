import type { Client } from '@temporalio/client';
import { SEALED_ENCODING } from './payload-codec.ts';

const isSealed = (metadata: object): boolean => {
  const encoding: unknown = Reflect.get(metadata, 'encoding');
  return encoding instanceof Uint8Array && Buffer.from(encoding).toString('utf8') === SEALED_ENCODING;
};

function count(value: unknown, seen: Map<string, number>): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  const metadata: unknown = Reflect.get(value, 'metadata');
  if (typeof metadata === 'object' && metadata !== null && isSealed(metadata)) {
    const id: unknown = Reflect.get(metadata, 'key-id');
    const name = id instanceof Uint8Array ? Buffer.from(id).toString('utf8') : '';
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return;
  }
  for (const inner of Object.values(value)) count(inner, seen);
}

/** Reads every history that the engine still keeps. @returns how many payloads lie under which key */
export async function payloadKeysInUse(client: Client): Promise<Record<string, number>> {
  const seen = new Map<string, number>();
  for await (const { workflowId, runId } of client.workflow.list())
    count(await client.workflow.getHandle(workflowId, runId).fetchHistory(), seen);
  return Object.fromEntries(seen);
}
