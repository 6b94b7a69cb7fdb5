import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

const listenOn = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** Finds `count` different loopback ports nobody listens on; all are held at once while choosing. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listenOn(0)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(close));
  return ports;
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
