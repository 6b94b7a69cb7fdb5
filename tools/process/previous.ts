import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Command line of a running process, or undefined when there is none. */
export function commandOf(pid: number): string | undefined {
  try {
    const command = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8', stdio: 'pipe' });
    // A process that has ended and waits to be collected has no command line any more.
    return command === '' ? undefined : command;
  } catch {
    // No such process.
    return undefined;
  }
}

/**
 * Waits until the process whose id stands first in `pidFile` has ended; an id that now belongs to another program
 * (its command line lacks `marker`) does not count.
 * @throws Error when it still runs after `timeoutMs`
 */
export async function awaitPreviousEnd(pidFile: string, marker: string, timeoutMs = 15_000): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : Number.NaN;
    const command = Number.isNaN(pid) ? undefined : commandOf(pid);
    if (command === undefined || !command.includes(marker)) return;
    if (performance.now() > deadlineMs)
      throw new Error(
        `process ${pid} (${command.slice(0, 80).trim()}) still uses these files; stop it first`,
      );
    await sleep(100);
  }
}
