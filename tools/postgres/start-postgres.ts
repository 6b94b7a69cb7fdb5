import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePortPreferring } from '../process/free-ports.ts';
import { startChild, untilReady } from '../process/child.ts';
import { postgresBinaries } from './binaries.ts';
import type { PostgresBinaries } from './binaries.ts';
import { noteWhoseItIs, removeLeftClusters } from './left-clusters.ts';
import { clusterPlace, makeClusterFolder, runAs, runnableBinaries } from './place.ts';
import type { RunAs } from './place.ts';
import { clearStalePid } from './stale.ts';

const execute = promisify(execFile);
const superuser = 'postgres';
const startTimeoutMs = 30_000;

/** Where a cluster lives and how careful it is. */
export interface PostgresOptions {
  /** Folder of password, log and (unless root cannot share it) the cluster itself; kept across restarts. */
  readonly dataDir: string;
  /** true: survives a power cut; false: fast, for tests. */
  readonly durable: boolean;
  /** Taken when free; else the one of the last start, else any. */
  readonly port?: number;
  /** More settings of the server, e.g. of its archive. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running PostgreSQL on loopback. */
export interface RunningPostgres {
  /** As the superuser, database `postgres`. */
  readonly superuserUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it in at most about 15 s. */
  stop(): Promise<void>;
}

const readIfThere = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;

function password(dataDir: string): string {
  const file = path.join(dataDir, 'superuser.secret');
  const known = readIfThere(file);
  if (known !== undefined) return known;
  const made = randomBytes(24).toString('base64url');
  writeFileSync(file, `${made}\n`, { mode: 0o600 });
  return made;
}

async function initialise(
  binaries: PostgresBinaries,
  cluster: string,
  dataDir: string,
  secret: string,
  user: RunAs | undefined,
): Promise<void> {
  // A first initdb that was cut off leaves files that neither start nor initialise again.
  rmSync(cluster, { recursive: true, force: true });
  makeClusterFolder(cluster, user);
  noteWhoseItIs(cluster, dataDir);
  const passwordFile = `${cluster}.password`;
  writeFileSync(passwordFile, `${secret}\n`, { mode: 0o600 });
  if (user !== undefined) chownSync(passwordFile, user.uid, user.gid);
  const args = [
    ...['-D', cluster, '-U', superuser, '--auth=scram-sha-256', '--encoding=UTF8'],
    // The same sorting and case rules on every machine, whatever locales it has.
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--pwfile=${passwordFile}`],
  ];
  try {
    await execute(binaries.initdb, args, {
      cwd: '/',
      env: { PATH: process.env['PATH'], TZ: 'UTC' },
      ...user,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function isAnswering(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    // Not up yet; the caller decides how long to wait.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function serverFlags(
  cluster: string,
  port: number,
  durable: boolean,
  more: Readonly<Record<string, string>>,
): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '2GB' }),
    ...more,
  };
  return [
    '-D',
    cluster,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
  ];
}

/**
 * Starts a real PostgreSQL from the installed package, initialised at the first start; data survives.
 * @throws Error with the server's last words when it does not come up, or when another one runs on the folder
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const user = runAs();
  const dataDir = path.resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  if (user !== undefined) removeLeftClusters();
  const secret = password(dataDir);
  const cluster = clusterPlace(dataDir, user);
  const binaries = runnableBinaries(await postgresBinaries(), user);
  const initialised = path.join(dataDir, 'initialised');
  if (!existsSync(initialised) || !existsSync(cluster)) {
    await initialise(binaries, cluster, dataDir, secret, user);
    writeFileSync(initialised, `${cluster}\n`);
  }
  await clearStalePid(cluster);
  const portFile = path.join(dataDir, 'port');
  const remembered = Number(readIfThere(portFile) ?? Number.NaN);
  const port = await freePortPreferring(options.port ?? (Number.isNaN(remembered) ? undefined : remembered));
  writeFileSync(portFile, `${port}\n`);
  const superuserUrl = `postgres://${superuser}:${secret}@127.0.0.1:${port}/postgres`;
  const logFile = path.join(dataDir, 'postgres.log');
  const child = await startChild({
    command: binaries.postgres,
    args: serverFlags(cluster, port, options.durable, options.settings ?? {}),
    env: { PATH: process.env['PATH'], TZ: 'UTC' },
    cwd: '/',
    logFile,
    stopSignal: 'SIGINT',
    ...user,
  });
  chmodSync(logFile, 0o600);
  try {
    await untilReady(child, 'PostgreSQL', startTimeoutMs, () => isAnswering(superuserUrl));
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { superuserUrl, port, pid: child.pid, stop: () => child.stop() };
}
