import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A program that can serve Temporal: the bare server, or the command line with its development server. */
export interface TemporalProgram {
  readonly kind: 'server' | 'cli';
  readonly path: string;
}

/** Oldest command line whose server can skip time. */
export const minimumCli = [1, 9] as const;

/** Reads what `--version` says. @returns undefined when it is no Temporal, or a command line that is too old */
export function identifyOutput(output: string): TemporalProgram['kind'] | 'too-old' | undefined {
  const match = /^temporal version (\d+)\.(\d+)\.\d+\S*(.*)$/m.exec(output.trim());
  if (match === null) return undefined;
  if (!(match[3] ?? '').includes('Server')) return 'server';
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const recent = major > minimumCli[0] || (major === minimumCli[0] && minor >= minimumCli[1]);
  return recent ? 'cli' : 'too-old';
}

/** Asks a program what it is. @returns undefined when it cannot be run or is not usable */
export async function identify(program: string): Promise<TemporalProgram | 'too-old' | undefined> {
  try {
    const { stdout } = await execute(program, ['--version'], { timeout: 10_000 });
    const kind = identifyOutput(stdout);
    return kind === undefined || kind === 'too-old' ? kind : { kind, path: program };
  } catch {
    // Not there or not runnable: not a server.
    return undefined;
  }
}
