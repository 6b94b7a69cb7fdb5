import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../report.ts';
import { builtServer, cacheDir, downloadedCli, serverVersion } from './cache.ts';
import { downloadCli } from './download.ts';
import { goInstall } from './go-install.ts';
import { identify } from './identify.ts';
import type { TemporalProgram } from './identify.ts';

/** How to look for a server; everything but `report` has a default that a test may replace. */
export interface FindOptions {
  readonly report: Report;
  readonly env?: NodeJS.ProcessEnv;
  /** The bare server is needed: the command line's development server knows SQLite only. */
  readonly serverOnly?: boolean;
  readonly download?: typeof downloadCli;
  readonly build?: typeof goInstall;
}

async function given(file: string, options: FindOptions): Promise<TemporalProgram> {
  const program = await identify(file);
  if (program === undefined)
    throw new Error(`TEMPORAL_SERVER_PATH=${file} cannot be run, or is no Temporal server`);
  if (program === 'too-old') throw new Error(`TEMPORAL_SERVER_PATH=${file} is older than Temporal CLI 1.9`);
  if (options.serverOnly === true && program.kind === 'cli')
    throw new Error(`TEMPORAL_SERVER_PATH=${file} is the command line; PostgreSQL needs the bare server`);
  return program;
}

async function onPath(env: NodeJS.ProcessEnv): Promise<TemporalProgram | undefined> {
  for (const folder of (env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
    if (folder === '' || !existsSync(file)) continue;
    const program = await identify(file);
    if (program !== undefined && program !== 'too-old') return program;
  }
  return undefined;
}

async function cached(cache: string, serverOnly: boolean): Promise<TemporalProgram | undefined> {
  const files = [builtServer(cache).server, ...(serverOnly ? [] : [downloadedCli(cache)])];
  for (const file of files) {
    const program = existsSync(file) ? await identify(file) : undefined;
    if (program !== undefined && program !== 'too-old') return program;
  }
  return undefined;
}

const waysOut = (failures: readonly string[]): string =>
  [
    'No Temporal server could be found or made:',
    ...failures.map((failure) => `  - ${failure}`),
    'Any one of these helps:',
    '  - set TEMPORAL_ADDRESS=host:port to use a server that runs',
    '  - set TEMPORAL_SERVER_PATH=/path/to/temporal-server (or to the temporal command line, 1.9 or newer)',
    '  - put the temporal command line, 1.9 or newer, on PATH (https://docs.temporal.io/cli)',
    `  - install Go 1.26 or newer, and the server ${serverVersion} is built from source once`,
  ].join('\n');

/**
 * Finds a Temporal server: TEMPORAL_SERVER_PATH, `temporal` on PATH, the cache, the official download, a build with Go.
 * @throws Error naming what was tried and every way out
 */
export async function findTemporalProgram(options: FindOptions): Promise<TemporalProgram> {
  const env = options.env ?? process.env;
  const serverPath = env['TEMPORAL_SERVER_PATH'];
  if (serverPath !== undefined && serverPath !== '') return given(serverPath, options);
  const serverOnly = options.serverOnly ?? false;
  const cache = cacheDir(env);
  const there = (serverOnly ? undefined : await onPath(env)) ?? (await cached(cache, serverOnly));
  if (there !== undefined) return there;

  const failures: string[] = [];
  if (!serverOnly) {
    const fetched = await (options.download ?? downloadCli)(cache, options.report);
    const program = 'path' in fetched ? await identify(fetched.path) : undefined;
    if (program !== undefined && program !== 'too-old') return program;
    failures.push(`the official download: ${'path' in fetched ? 'cannot be run here' : fetched.failure}`);
    options.report(`Temporal: no download (${failures.at(-1)})`);
  }
  const built = await (options.build ?? goInstall)('server', cache, options.report);
  if ('path' in built) {
    const program = await identify(built.path);
    if (program !== undefined && program !== 'too-old') return program;
  }
  failures.push(`a build with Go: ${'path' in built ? 'the result cannot be run' : built.failure}`);
  throw new Error(waysOut(failures));
}

/** Finds the schema tool for PostgreSQL: beside the server, in the cache, or built with Go. @throws Error when none works */
export async function findSqlTool(
  serverPath: string,
  report: Report,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const cache = cacheDir(env);
  const beside = path.join(path.dirname(serverPath), path.basename(builtServer(cache).sqlTool));
  for (const file of [beside, builtServer(cache).sqlTool]) if (existsSync(file)) return file;
  const built = await goInstall('sqlTool', cache, report);
  if ('failure' in built)
    throw new Error(`Temporal's schema tool for PostgreSQL cannot be built: ${built.failure}`);
  return built.path;
}
