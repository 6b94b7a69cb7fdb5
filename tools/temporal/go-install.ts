import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Report } from '../report.ts';
import { messageOf } from '../report.ts';
import { builtServer, serverVersion } from './cache.ts';

const progressEveryMs = 10_000;

/** What can be built from the Go modules of the server. */
export type Buildable = 'server' | 'sqlTool';

const packages: Record<Buildable, { readonly package: string; readonly binary: string }> = {
  server: { package: 'go.temporal.io/server/cmd/server', binary: 'server' },
  sqlTool: { package: 'go.temporal.io/server/cmd/tools/sql', binary: 'sql' },
};

function run(what: Buildable, gobin: string, report: Report): Promise<void> {
  const args = [
    'install',
    '-v',
    '-trimpath',
    '-ldflags',
    '-s -w',
    `${packages[what].package}@v${serverVersion}`,
  ];
  return new Promise((resolve, reject) => {
    const go = spawn('go', args, {
      env: { ...process.env, GOBIN: gobin },
      cwd: gobin,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const startedMs = performance.now();
    let compiled = 0;
    const last: string[] = [];
    createInterface({ input: go.stderr }).on('line', (line) => {
      if (!line.includes(' ')) compiled += 1;
      last.push(line);
      if (last.length > 8) last.shift();
    });
    const progress = setInterval(() => {
      const seconds = Math.round((performance.now() - startedMs) / 1000);
      report(`Temporal: building, ${seconds} s, ${compiled} packages compiled; last ${last.at(-1) ?? ''}`);
    }, progressEveryMs);
    go.once('error', (error) => {
      clearInterval(progress);
      reject(new Error(`go cannot be run: ${error.message}`));
    });
    go.once('close', (code) => {
      clearInterval(progress);
      if (code === 0) resolve();
      else reject(new Error(`go install ended with ${code}: ${last.join('\n')}`));
    });
  });
}

/** Builds the server, or its schema tool, from source with Go and keeps it in the cache; about five minutes cold. */
export async function goInstall(
  what: Buildable,
  cache: string,
  report: Report,
): Promise<{ path: string } | { failure: string }> {
  const target = builtServer(cache)[what];
  const gobin = path.join(cache, 'build', `${what}-${process.pid}`);
  const binary = packages[what].binary + (process.platform === 'win32' ? '.exe' : '');
  try {
    mkdirSync(gobin, { recursive: true });
    report(
      `Temporal: building ${path.basename(target)} ${serverVersion} with Go, once (up to several minutes)`,
    );
    await run(what, gobin, report);
    mkdirSync(path.dirname(target), { recursive: true });
    // A rename: whoever builds at the same time never sees half a program.
    renameSync(path.join(gobin, binary), target);
    return { path: target };
  } catch (error) {
    return { failure: messageOf(error) };
  } finally {
    rmSync(gobin, { recursive: true, force: true });
  }
}
