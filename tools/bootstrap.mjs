// Runs on whatever Node the machine has (20 or newer), with no dependency: installs the pinned ones, among them the
// Node that everything else runs on, and hands over to it.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.fudian-installed');
const windows = process.platform === 'win32';
const node = path.join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
const targets = { start: 'tools/start.ts', test: 'tools/test.ts', fudian: 'cli/fudian.ts' };

const wantedStamp = () => {
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`;
};

const fail = (message, code = 1) => {
  process.stderr.write(`${message}\n`);
  process.exit(code);
};

const isInstalled = () =>
  existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedStamp();

const install = () => {
  const startedMs = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedMs) / 1000)} s`;
  process.stderr.write('Installing dependencies (npm ci), once; usually half a minute to two minutes …\n');
  const heartbeat = spawn(
    process.execPath,
    ['-e', 'let s=0;setInterval(()=>process.stderr.write(`  still installing, ${s+=15} s\\n`),15000)'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const result = spawnSync(
    windows ? 'npm.cmd' : 'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: windows,
    },
  );
  heartbeat.kill();
  if (result.error) fail(`npm cannot be run: ${result.error.message}`);
  if (result.status !== 0) fail(`npm ci failed after ${seconds()} (exit code ${result.status}); see above`);
  if (!existsSync(node))
    fail(
      'npm ci did not bring Node 24 (the package `node`): are install scripts switched off (ignore-scripts)?',
    );
  writeFileSync(stamp, wantedStamp());
  process.stderr.write(`Dependencies installed in ${seconds()}.\n`);
};

const [command = '', ...args] = process.argv.slice(2);
const target = targets[command];
if (target === undefined) fail(`usage: bootstrap.mjs ${Object.keys(targets).join('|')} [arguments]`, 2);
if (!isInstalled()) install();

const binaries = path.join(modules, '.bin');
const child = spawn(node, [path.join(root, target), ...args], {
  // The command line is used from anywhere: file names in its arguments are relative to where the person stands.
  cwd: command === 'fudian' ? (process.env.INIT_CWD ?? process.cwd()) : root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${binaries}${path.delimiter}${process.env.PATH ?? ''}` },
});
// A Ctrl-C in a terminal reaches the child by itself; a signal sent to us alone has to be handed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => {
  if (!process.stdin.isTTY) child.kill('SIGINT');
});
// npm that is killed takes its shell along but not us; whoever stops npm means everything.
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1_000).unref();
}
child.on('error', (error) => fail(`${node} cannot be run: ${error.message}`));
child.on('exit', (code, signal) => {
  process.exit(signal === null ? (code ?? 1) : 128 + (os.constants.signals[signal] ?? 0));
});
