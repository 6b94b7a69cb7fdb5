import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePorts } from '../../../tools/process/free-ports.ts';
import { startChild, untilReady, type Child } from '../../../tools/process/child.ts';
import type { Town } from '../../support/town/town.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** A program of the product as it runs in production: a process of its own, told by its environment. */
export interface Program extends Child {
  /** Address of its /metrics, /health and /ready. */
  readonly url: string;
}

export interface Programs {
  start(name: 'worker' | 'api', env?: Record<string, string>): Promise<Program>;
  /** Started, and ended before it was ready. */
  startBroken(name: 'worker' | 'api', env?: Record<string, string>): Promise<{ exit: string; log: string }>;
  close(): Promise<void>;
}

function environment(town: Town): Record<string, string> {
  const settings = Object.entries(town.settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(settings.map(([name, value]) => [name, String(value)]));
}

/** Starts and ends workers and APIs beside a town. */
export function programsOf(town: () => Town): Programs {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-programs-'));
  const started: Child[] = [];
  const spawn = async (
    name: string,
    env: Record<string, string>,
  ): Promise<{ child: Child; port: number }> => {
    const port = Number(env['API_PORT'] ?? (await freePorts(1))[0]);
    const child = await startChild({
      command: process.execPath,
      args: [path.join(root, name, 'main.ts')],
      cwd: root,
      env: {
        ...{ PATH: process.env['PATH'], HOME: process.env['HOME'] },
        ...environment(town()),
        ...{ LOG_LEVEL: 'info', API_PORT: String(port), WORKER_PORT: String(port) },
        ...env,
      },
      logFile: path.join(folder, `${name}-${started.length}.log`),
      stopTimeoutMs: 30_000,
    });
    started.push(child);
    return { child, port };
  };
  return {
    async start(name, env = {}) {
      const { child, port } = await spawn(name, env);
      const url = `http://127.0.0.1:${port}`;
      await untilReady(child, name, 60_000, async () => {
        const answer = await fetch(`${url}/ready`).catch(() => undefined);
        return answer?.ok === true;
      });
      return { ...child, url };
    },
    async startBroken(name, env = {}) {
      const { child } = await spawn(name, env);
      return { exit: await child.exit, log: child.log() };
    },
    async close() {
      for (const child of started) await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
