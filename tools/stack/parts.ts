import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, untilReady } from '../process/child.ts';
import type { Child } from '../process/child.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readyWithinMs = 90_000;
// Steps under way may end first; what does not end in this time is repeated at the next start, by its key.
const stopWithinMs = 20_000;

/** Starts one program of the product as a child, with its log in the data folder, and waits until it is ready. */
export async function startPart(
  name: 'worker' | 'api',
  env: Record<string, string>,
  dataDir: string,
  isReady: (child: Child) => Promise<boolean> | boolean,
): Promise<Child> {
  const child = await startChild({
    command: process.execPath,
    args: [path.join(root, name, 'main.ts')],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...env },
    cwd: root,
    logFile: path.join(dataDir, 'logs', `${name}.log`),
    stopTimeoutMs: stopWithinMs,
  });
  try {
    await untilReady(child, name, readyWithinMs, () => isReady(child));
    return child;
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** The worker says so in its log once it polls. */
export const workerIsReady = (child: Child): boolean => child.log().includes('worker is ready');

/** The API says so itself, over HTTP. */
export const apiIsReady = (apiUrl: string) => async (): Promise<boolean> => {
  try {
    return (await fetch(`${apiUrl}/ready`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    // Does not listen yet.
    return false;
  }
};
