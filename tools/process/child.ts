import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { leash } from './leash.ts';

const logLimitBytes = 20 * 1024 * 1024;
const killGraceMs = 3_000;

/** How to run a program in the background. */
export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Record<string, string | undefined>;
  readonly cwd?: string;
  /** stdout and stderr are appended here. */
  readonly logFile: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Asks the program to end; SIGTERM unless told. */
  readonly stopSignal?: NodeJS.Signals;
  /** After this long without an end the program is killed; 10 s unless told. */
  readonly stopTimeoutMs?: number;
}

/** A program in the background; it never outlives this process. */
export interface Child {
  readonly pid: number;
  /** How it ended, or undefined while it runs. */
  ended(): string | undefined;
  readonly exit: Promise<string>;
  /** Ends it within a bounded time; harmless when it has ended. */
  stop(): Promise<void>;
  /** What it has logged since it was started. */
  log(): string;
}

function openLog(logFile: string): { fd: number; startsAt: number } {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const fd = openSync(logFile, 'a');
  if (statSync(logFile).size > logLimitBytes) truncateSync(logFile);
  return { fd, startsAt: statSync(logFile).size };
}

/** Starts a program in a process group of its own, so that a Ctrl-C reaches it only in our order. @throws Error when it cannot be run */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { fd, startsAt } = openLog(options.logFile);
  const child = spawn(options.command, options.args, {
    env: options.env as NodeJS.ProcessEnv,
    stdio: ['ignore', fd, fd],
    detached: true,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.uid !== undefined && { uid: options.uid }),
    ...(options.gid !== undefined && { gid: options.gid }),
  });
  closeSync(fd);
  let end: string | undefined;
  const exit = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      end = signal === null ? `exit code ${code}` : `signal ${signal}`;
      resolve(end);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Error(`cannot run ${options.command}: ${error.message}`)));
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`cannot run ${options.command}`);
  const stopSignal = options.stopSignal ?? 'SIGTERM';
  const release = leash(pid, stopSignal);
  void exit.then(release);
  return {
    pid,
    exit,
    ended: () => end,
    log: () => readFileSync(options.logFile).subarray(startsAt).toString('utf8'),
    async stop() {
      if (end !== undefined) return;
      child.kill(stopSignal);
      if (await endsWithin(exit, options.stopTimeoutMs ?? 10_000)) return;
      child.kill('SIGKILL');
      if (!(await endsWithin(exit, killGraceMs))) throw new Error(`process ${pid} cannot be ended`);
    },
  };
}

async function endsWithin(exit: Promise<string>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const ended = await Promise.race([exit.then(() => true), late]);
  timer.abort();
  return ended;
}

/** Waits until `ready` says true. @throws Error with the end of its log when the child ends first or the time is up */
export async function untilReady(
  child: Child,
  name: string,
  timeoutMs: number,
  ready: () => Promise<boolean> | boolean,
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  const fail = (what: string): never => {
    const lines = child.log().trimEnd().split('\n').slice(-15);
    const tail = lines.map((line) => line.slice(0, 300)).join('\n');
    throw new Error(`${name} ${what}${tail === '' ? '' : `; its last words:\n${tail}`}`);
  };
  for (;;) {
    if (await ready()) return;
    if (child.ended() !== undefined) fail(`ended with ${child.ended()} before it was ready`);
    if (performance.now() > deadlineMs) fail(`was not ready within ${timeoutMs / 1000} s`);
    await sleep(50);
  }
}
