import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const waitMs = 15_000;

/** Command line of a running process, or undefined when there is none. */
function commandOf(pid: number): string | undefined {
  try {
    if (existsSync('/proc/self/cmdline'))
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    // No such process.
    return undefined;
  }
}

/**
 * Clears the pid file that a crash or kill -9 left behind, so that the cluster starts again.
 * A pid that now belongs to some other program is no owner; a PostgreSQL that is still ending is given time.
 * @throws Error when another PostgreSQL runs on this folder
 */
export async function clearStalePid(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid');
  const deadlineMs = performance.now() + waitMs;
  for (;;) {
    if (!existsSync(file)) return;
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    const command = Number.isNaN(pid) ? undefined : commandOf(pid);
    if (command === undefined || !command.includes(cluster)) {
      rmSync(file, { force: true });
      return;
    }
    if (performance.now() > deadlineMs)
      throw new Error(`PostgreSQL with process id ${pid} already runs on ${cluster}; stop it first`);
    await sleep(100);
  }
}
