import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { freePorts, isPortFree } from '../process/free-ports.ts';
import { awaitPreviousEnd } from '../process/previous.ts';
import { startChild, untilReady } from '../process/child.ts';
import type { Child } from '../process/child.ts';
import type { Report } from '../report.ts';
import { silent } from '../report.ts';
import { findTemporalProgram } from './find-program.ts';
import type { TemporalProgram } from './identify.ts';
import { ensureNamespace } from './namespace.ts';
import { preparePostgresSchema } from './postgres-schema.ts';
import { cliArguments, serverEnvironment } from './server-config.ts';
import type { Persistence, ServerConfig, TemporalPorts } from './server-config.ts';

/** Namespace of the product. */
export const namespace = 'fudian';
const startTimeoutMs = 60_000;
const portCount = 9;

/** What kind of server to run. */
export interface TemporalOptions {
  /** Data, log, ports; kept across restarts. */
  readonly dataDir: string;
  readonly persistence: 'sqlite' | 'postgres';
  /** Allows fast-forward; test and demo servers only. */
  readonly timeSkipping: boolean;
  /** Required for persistence 'postgres'. */
  readonly postgresSuperuserUrl?: string;
  /** false: faster, may lose the last moments in a power cut; default true. */
  readonly durable?: boolean;
  readonly historyShards?: number;
  readonly report?: Report;
}

/** A Temporal server with the product's namespace ready to use. */
export interface RunningTemporal {
  /** host:port of the gRPC frontend. */
  readonly address: string;
  /** undefined when it is somebody else's server. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

async function choosePorts(dataDir: string): Promise<TemporalPorts> {
  const file = path.join(dataDir, 'ports.json');
  const known: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const remembered = Array.isArray(known) ? known.map(Number) : [];
  const reusable =
    remembered.length === portCount && (await Promise.all(remembered.map(isPortFree))).every(Boolean);
  const ports = reusable ? remembered : await freePorts(portCount);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(ports)}\n`);
  const [frontend = 0, frontendHttp = 0, ...inner] = ports;
  return { frontend, frontendHttp, inner };
}

async function persistenceOf(options: TemporalOptions, program: TemporalProgram): Promise<Persistence> {
  if (options.persistence === 'sqlite') return { kind: 'sqlite' };
  const superuserUrl = options.postgresSuperuserUrl;
  if (superuserUrl === undefined) throw new Error("persistence 'postgres' needs postgresSuperuserUrl");
  await preparePostgresSchema(program.path, superuserUrl, options.report ?? silent);
  return { kind: 'postgres', superuserUrl, historyShards: options.historyShards ?? 16 };
}

const launch = (program: TemporalProgram, config: ServerConfig): Promise<Child> =>
  startChild({
    command: program.path,
    args: program.kind === 'cli' ? cliArguments(config) : ['--allow-no-auth', 'start'],
    env:
      program.kind === 'cli'
        ? { PATH: process.env['PATH'], HOME: process.env['HOME'] }
        : serverEnvironment(config),
    cwd: config.dataDir,
    logFile: path.join(config.dataDir, 'temporal.log'),
  });

/** Connects once the server answers. */
async function connectTo(address: string): Promise<Connection | undefined> {
  try {
    return await Connection.connect({ address, connectTimeout: '1s' });
  } catch {
    // Still starting; the caller decides how long to wait.
    return undefined;
  }
}

async function awaitReady(child: Child, address: string): Promise<void> {
  let connection: Connection | undefined;
  await untilReady(child, 'Temporal', startTimeoutMs, async () => {
    connection = await connectTo(address);
    return connection !== undefined;
  });
  try {
    if (connection !== undefined) await ensureNamespace(connection, namespace, { timeoutMs: startTimeoutMs });
  } finally {
    await connection?.close();
  }
}

/**
 * Starts a real Temporal server on free loopback ports, its state in `dataDir`, namespace `fudian` usable on return.
 * @throws Error when no server can be found or it does not come up
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const report = options.report ?? silent;
  const program = await findTemporalProgram({ report, serverOnly: options.persistence === 'postgres' });
  const dataDir = path.resolve(options.dataDir);
  const pidFile = path.join(dataDir, 'temporal.pid');
  // Two servers on one SQLite file would spoil it.
  await awaitPreviousEnd(pidFile, path.basename(program.path));
  const config: ServerConfig = {
    dataDir,
    ports: await choosePorts(dataDir),
    persistence: await persistenceOf(options, program),
    timeSkipping: options.timeSkipping,
    durable: options.durable ?? true,
  };
  const child = await launch(program, config);
  writeFileSync(pidFile, `${child.pid}\n`);
  const address = `127.0.0.1:${config.ports.frontend}`;
  try {
    await awaitReady(child, address);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { address, pid: child.pid, stop: () => child.stop() };
}

/** Uses the server at TEMPORAL_ADDRESS when it is set, making the namespace if it lacks; else starts one. */
export async function useOrStartTemporal(
  options: TemporalOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<RunningTemporal> {
  const address = env['TEMPORAL_ADDRESS'];
  if (address === undefined || address === '') return startTemporal(options);
  const connection = await Connection.connect({ address });
  try {
    await ensureNamespace(connection, env['TEMPORAL_NAMESPACE'] ?? namespace);
  } finally {
    await connection.close();
  }
  return { address, pid: undefined, stop: () => Promise.resolve() };
}
