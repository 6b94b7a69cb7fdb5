import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

const listenOn = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

// Below the range that operating systems hand out to outgoing connections, so that none of those takes a chosen port;
// and Temporal on PostgreSQL keeps ports in a smallint.
const lowestPort = 20_000;
const highestPort = 32_767;
const attempts = 2_000;

/** Finds `count` different loopback ports nobody listens on; all are held at once while choosing. */
export async function freePorts(count: number): Promise<number[]> {
  const held = new Map<number, Server>();
  for (let attempt = 0; held.size < count && attempt < attempts; attempt += 1) {
    const port = randomInt(lowestPort, highestPort + 1);
    if (held.has(port)) continue;
    // A taken port is not an error, only not ours.
    const server = await listenOn(port).catch(() => undefined);
    if (server !== undefined) held.set(port, server);
  }
  await Promise.all([...held.values()].map(close));
  if (held.size < count) throw new Error(`only ${held.size} of ${count} free ports found on 127.0.0.1`);
  return [...held.keys()];
}

/** Whether a loopback port can be listened on now. */
export async function isPortFree(port: number): Promise<boolean> {
  try {
    await close(await listenOn(port));
    return true;
  } catch {
    // Taken, or not allowed to this user: either way not ours to use.
    return false;
  }
}

/** Keeps the wanted port when it is free, else chooses another. */
export async function freePortPreferring(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined && (await isPortFree(wanted))) return wanted;
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no free port on 127.0.0.1');
  return port;
}
