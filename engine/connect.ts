import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { KeySource } from '../db/keys/key-ring.ts';
import { payloadCodec } from './payload-codec.ts';

export const failureConverterPath = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** How client, worker and every tool write what the engine keeps. */
export const dataConverter = (keys: KeySource): DataConverter => ({
  payloadCodecs: [payloadCodec(keys)],
  failureConverterPath,
});

const converters = new WeakMap<Connection, DataConverter>();

/** A connection that knows the keys; take its clients from `engineClient`. */
export async function connectEngine(address: string, keys: KeySource): Promise<Connection> {
  const connection = await Connection.connect({ address });
  converters.set(connection, dataConverter(keys));
  return connection;
}

/** A client on the connection, with the keys that the connection was opened with. */
export function engineClient(connection: Connection, namespace: string): Client {
  const converter = converters.get(connection);
  return new Client({
    connection,
    namespace,
    ...(converter !== undefined && { dataConverter: converter }),
  });
}
