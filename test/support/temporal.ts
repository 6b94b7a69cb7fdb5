import { randomBytes } from 'node:crypto';
import type { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { pino } from 'pino';
import { fixedKeys, type KeySource } from '../../db/keys/key-ring.ts';
import { connectEngine, engineClient } from '../../engine/connect.ts';
import { installEngineLog } from '../../worker/engine-log.ts';
import { fastForward, workflowClock } from '../../tools/temporal/fast-forward.ts';
import type { FastForwarded } from '../../tools/temporal/fast-forward.ts';
import { ensureNamespace } from '../../tools/temporal/namespace.ts';

/** A namespace of one test file's own, so that its workflow ids meet nobody else's. */
export interface TestNamespace {
  readonly address: string;
  readonly namespace: string;
  readonly connection: Connection;
  readonly client: Client;
  /** What client and worker seal with. */
  readonly payloadKeys: string;
  readonly keys: KeySource;
  /** For `Worker.create`; shut the worker down before `close`. */
  readonly nativeConnection: NativeConnection;
  /** Moves one workflow's clock; see tools/temporal/fast-forward.ts for what that means. */
  fastForward(workflowId: string, durationMs: number): Promise<FastForwarded>;
  clock(workflowId: string): Promise<{ clockMs: number; offsetMs: number; running: boolean }>;
  close(): Promise<void>;
}

/** Address of the server of this run. */
export function temporalAddress(): string {
  const address = process.env['TEMPORAL_ADDRESS'];
  if (address === undefined)
    throw new Error('TEMPORAL_ADDRESS is not set: this test belongs to the `real` project');
  return address;
}

/** Registers a fresh namespace and connects to it, ready for workers; payload keys of its own unless given. */
export async function testNamespace(given?: KeySource): Promise<TestNamespace> {
  installEngineLog(pino({ level: process.env['FUDIAN_TEST_LOG'] ?? 'silent' }));
  const address = temporalAddress();
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const payloadKeys = `p1:${randomBytes(32).toString('base64')}`;
  const keys = given ?? fixedKeys({ dataKeys: payloadKeys, hashKey: randomBytes(32).toString('base64') });
  const connection = await connectEngine(address, keys);
  await ensureNamespace(connection, namespace, { retentionDays: 1 });
  const nativeConnection = await NativeConnection.connect({ address });
  return {
    address,
    namespace,
    connection,
    client: engineClient(connection, namespace),
    ...{ payloadKeys, keys },
    nativeConnection,
    fastForward: (workflowId, durationMs) => fastForward(connection, namespace, workflowId, durationMs),
    clock: (workflowId) => workflowClock(connection, namespace, workflowId),
    async close() {
      await nativeConnection.close();
      await connection.close();
    },
  };
}
