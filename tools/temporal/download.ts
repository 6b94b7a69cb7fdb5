import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '../report.ts';
import { messageOf } from '../report.ts';
import { cliVersion, downloadedCli } from './cache.ts';

const execute = promisify(execFile);
const connectTimeoutMs = 5_000;
const transferTimeoutMs = 120_000;

/** Address of the official archive for this machine. */
export function archiveUrl(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  return `https://temporal.download/cli/archive/v${cliVersion}?platform=${platform}&arch=${arch}`;
}

async function fetchArchive(url: string): Promise<Buffer> {
  const waiting = new AbortController();
  const connectTimer = setTimeout(() => waiting.abort(new Error('no answer within 5 s')), connectTimeoutMs);
  try {
    const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(transferTimeoutMs)]);
    const response = await fetch(url, { signal });
    clearTimeout(connectTimer);
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } finally {
    clearTimeout(connectTimer);
  }
}

/** Downloads the official command line into the cache. @returns its path, or why it could not be had */
export async function downloadCli(
  cache: string,
  report: Report,
  url: string = archiveUrl(),
): Promise<{ path: string } | { failure: string }> {
  const target = downloadedCli(cache);
  const half = `${path.dirname(target)}.${process.pid}`;
  try {
    report(`Temporal: downloading the official command line ${cliVersion}`);
    const archive = await fetchArchive(url);
    mkdirSync(half, { recursive: true });
    const file = path.join(half, 'archive');
    writeFileSync(file, archive);
    await execute('tar', ['-xf', file, '-C', half]);
    rmSync(file);
    rmSync(path.dirname(target), { recursive: true, force: true });
    renameSync(half, path.dirname(target));
    return { path: target };
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    const cause = error instanceof Error && error.cause !== undefined ? ` (${messageOf(error.cause)})` : '';
    return { failure: `${messageOf(error)}${cause}` };
  }
}
