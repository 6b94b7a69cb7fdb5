import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { commandOf } from '../process/previous.ts';

/** Another stack works on the same folder. */
export class StackRuns extends Error {
  override readonly name = 'StackRuns';
  constructor(dataDir: string, pid: number) {
    super(
      `Fudian already runs on ${dataDir} (process ${pid}). Use it (npm run fudian -- doctor), ` +
        `stop it with Ctrl-C where it was started, or set FUDIAN_DATA to another folder.`,
    );
  }
}

interface Holder {
  readonly pid: number;
  readonly command: string;
}

function holderOf(file: string): Holder | undefined {
  try {
    const held = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    // After a crash the number may belong to somebody else by now.
    return commandOf(held.pid) === held.command ? held : undefined;
  } catch {
    // Never written, or cut off half way: nobody holds it.
    return undefined;
  }
}

/** Takes a data folder for this process alone. @returns how to give it back. @throws StackRuns */
export function takeFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, 'running.json');
  const held = holderOf(file);
  if (held !== undefined) throw new StackRuns(dataDir, held.pid);
  rmSync(file, { force: true });
  let fd: number;
  try {
    // `wx`: of two that start at the same moment, one fails here.
    fd = openSync(file, 'wx', 0o600);
  } catch (cause) {
    throw new Error(`${file} appears while starting: is another one being started?`, { cause });
  }
  writeSync(fd, JSON.stringify({ pid: process.pid, command: commandOf(process.pid) }));
  closeSync(fd);
  return () => rmSync(file, { force: true });
}
