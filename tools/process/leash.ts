import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

let guardInput: Writable | undefined;

function openGuard(): Writable {
  const guard = spawn(process.execPath, [fileURLToPath(new URL('./guard.mjs', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const input = guard.stdin;
  // A guard that was ended by hand must not take this process with it.
  input.on('error', () => (guardInput = undefined));
  guard.on('error', () => (guardInput = undefined));
  guard.unref();
  // The pipe alone must not keep this process alive.
  if ('unref' in input && typeof input.unref === 'function') input.unref();
  return input;
}

/** Makes sure that a child ends when this process does, even by kill -9; call the result once it ended by itself. */
export function leash(pid: number, signal: NodeJS.Signals): () => void {
  guardInput ??= openGuard();
  guardInput.write(`+${pid} ${signal}\n`);
  return () => guardInput?.write(`-${pid}\n`);
}
