import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { closingLine } from './count-reporter.ts';
import type { Counts } from './count-reporter.ts';
import { timedReport } from './report.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const report = timedReport();

/** Runs one of the installed programs in the checkout. @returns its exit code */
function run(name: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return new Promise((resolve) => {
    const program = path.join(root, 'node_modules', '.bin', name);
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGTERM', forward);
    child.once('error', (error) => {
      process.stderr.write(`${name} cannot be run: ${error.message}\n`);
      resolve(1);
    });
    child.once('exit', (code) => {
      process.off('SIGTERM', forward);
      resolve(code ?? 1);
    });
  });
}

/** The checks of the files themselves. */
const CHECKS: readonly (readonly [string, string, readonly string[]])[] = [
  ['types', 'tsc', ['--noEmit']],
  ['types of the console', 'tsc', ['--noEmit', '-p', 'web/tsconfig.json']],
  ['lint', 'oxlint', ['--deny-warnings']],
  ['format', 'prettier', ['--check', '.', '--log-level', 'warn']],
];

/** All run, so that one look shows every fault. */
async function check(): Promise<string[]> {
  const failures: string[] = [];
  for (const [what, program, args] of CHECKS) {
    const code = await run(program, args);
    report(`${what}: ${code === 0 ? 'ok' : 'FAILED'}`);
    if (code !== 0) failures.push(what);
  }
  return failures;
}

async function runTests(filters: readonly string[]): Promise<{ code: number; counts: Counts }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-counts-'));
  const file = path.join(folder, 'counts.json');
  try {
    const reporters = ['--reporter=default', '--reporter=./tools/count-reporter.ts'];
    const env = { ...process.env, FUDIAN_COUNTS_FILE: file };
    const code = await run('vitest', ['run', ...reporters, ...filters], env);
    const counts = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Counts) : undefined;
    return { code, counts: counts ?? { passed: 0, failed: 1, skipped: 0 } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const failures = await check();
const { code, counts } = await runTests(process.argv.slice(2));
const ran = counts.passed + counts.failed;
if (ran === 0) process.stdout.write('No test ran.\n');
if (failures.length > 0) process.stdout.write(`Checks failed: ${failures.join(', ')}\n`);
// Each check counts as one test, so that the closing line never looks green when one of them is not.
const checks = { passed: CHECKS.length - failures.length, failed: failures.length };
const total = {
  passed: counts.passed + checks.passed,
  failed: counts.failed + checks.failed,
  skipped: counts.skipped,
};
process.stdout.write(`${closingLine(total)}\n`);
process.exitCode = code !== 0 || failures.length > 0 || ran === 0 || total.failed > 0 ? 1 : 0;
