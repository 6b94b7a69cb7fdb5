import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { silent, timedReport, type Report } from '../report.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = path.join(root, 'web');
const kept = path.join(root, 'dist', 'console');
const PACK_FROM_BYTES = 1_024;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Hash of everything that goes into the console: its sources, its pinned packages, its build. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const inputs = [
    ...filesBelow(source),
    path.join(root, 'package-lock.json'),
    fileURLToPath(import.meta.url),
  ];
  for (const file of inputs) hash.update(path.relative(root, file)).update('\0').update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Writes a packed twin beside each text file, so that the API packs nothing per request. */
function packAll(folder: string): void {
  for (const file of filesBelow(folder))
    if (/\.(js|css|svg|json)$/.test(file) && statSync(file).size >= PACK_FROM_BYTES)
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
}

function runVite(outDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const args = [vite, 'build', source, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'];
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (part: Buffer) => (said += part.toString('utf8')));
    child.stderr.on('data', (part: Buffer) => (said += part.toString('utf8')));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`the console does not build (vite, exit code ${code}):\n${said}`)),
    );
  });
}

/**
 * Builds the console where its sources have changed since the last time. Two that build at once each build their own and the
 * later one finds it done. @returns the folder for CONSOLE_DIR @throws Error with what the build said
 */
export async function buildConsole(report: Report = silent): Promise<string> {
  const folder = path.join(kept, hashOfSources());
  if (existsSync(path.join(folder, 'index.html'))) return folder;
  report('Console: being built, once until its sources change');
  mkdirSync(kept, { recursive: true });
  const fresh = path.join(kept, `.building-${process.pid}`);
  try {
    await runVite(fresh);
    packAll(fresh);
    for (const name of readdirSync(kept))
      if (!name.startsWith('.building-') && !existsSync(path.join(folder, 'index.html')))
        rmSync(path.join(kept, name), { recursive: true, force: true });
    if (!existsSync(folder)) renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  report('Console: built');
  return folder;
}

const isMain =
  process.argv[1] !== undefined && import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href;
if (isMain) process.stdout.write(`${await buildConsole(timedReport())}\n`);
