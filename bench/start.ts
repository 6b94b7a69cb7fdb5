/**
 * How long `npm start` takes until it says that everything is ready: once on an empty folder, then `[times]` on what that left
 * behind: `node bench/start.ts [times]`. Target: below 15 s with caches warm (design §9).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const times = Number(process.argv[2] ?? 3);
const root = fileURLToPath(new URL('..', import.meta.url));
const data = mkdtempSync(path.join(os.tmpdir(), 'fudian-start-'));
/** The farewell ends with what to type next. */
const READY = /fudian -- demo|npx? .*demo/;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(what: string): Promise<void> {
  const startedMs = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, FUDIAN_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let [told, seconds] = ['', Number.NaN];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    told += piece;
    if (!Number.isNaN(seconds) || !READY.test(told)) return;
    seconds = (performance.now() - startedMs) / 1000;
    // To all of its group, as Ctrl-C does.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  });
  await once(child, 'exit');
  const load = os.loadavg().map((n) => n.toFixed(1));
  say(`${what.padEnd(8)} ${seconds.toFixed(1)} s until ready   (load average ${load.join(' ')})`);
  if (Number.isNaN(seconds)) throw new Error(`npm start never said that it is ready:\n${told}`);
}

try {
  await start('first');
  for (let n = 0; n < times; n += 1) await start('warm');
} finally {
  rmSync(data, { recursive: true, force: true });
}
