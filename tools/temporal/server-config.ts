import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Ports of one server, all on loopback. */
export interface TemporalPorts {
  readonly frontend: number;
  readonly frontendHttp: number;
  /** Seven more: gRPC of history, matching, worker; membership of all four. */
  readonly inner: readonly number[];
}

/** Where a server keeps its state. */
export type Persistence =
  | { readonly kind: 'sqlite' }
  | { readonly kind: 'postgres'; readonly superuserUrl: string; readonly historyShards: number };

type DynamicValue = boolean | number | string;

/** Dynamic settings: what a local server needs, and time skipping where it is wanted. */
export function dynamicConfig(timeSkipping: boolean, persistence: Persistence): Record<string, DynamicValue> {
  return {
    'frontend.persistenceMaxQPS': 10_000,
    'history.persistenceMaxQPS': 45_000,
    'frontend.namespaceRPS': 20_000,
    'frontend.namespaceRPS.visibility': 500,
    'system.namespaceCacheRefreshInterval': '500ms',
    // A workflow task that fails twice in a row is not the network; the watch finds it by this mark.
    'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': 2,
    // A search attribute is usable right after it was added; costs a read, so not in capacity runs.
    ...(persistence.kind === 'sqlite' && { 'system.forceSearchAttributesCacheRefreshOnRead': true }),
    ...(timeSkipping && {
      'frontend.WorkflowTimeSkippingEnabled': true,
      'system.workflowTimeSkippingEnabled': true,
      // Without this each skip costs a second.
      'history.timerProcessorMaxTimeShift': '10ms',
    }),
  };
}

/** The same as the file that the server reads. */
export const dynamicYaml = (values: Record<string, DynamicValue>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}:\n  - value: ${JSON.stringify(value)}\n`)
    .join('');

function storage(dataDir: string, persistence: Persistence, durable: boolean): Record<string, string> {
  if (persistence.kind === 'sqlite')
    return {
      DB: 'sqlite',
      DBNAME: path.join(dataDir, 'temporal.db'),
      VISIBILITY_DBNAME: path.join(dataDir, 'temporal-visibility.db'),
      // More than one connection gives `database is locked` under load.
      SQL_MAX_CONNS: '1',
      SQL_VIS_MAX_CONNS: '1',
      SQLITE_SYNCHRONOUS: durable ? '2' : '0',
      NUM_HISTORY_SHARDS: '1',
    };
  const url = new URL(persistence.superuserUrl);
  return {
    DB: 'postgres12',
    DB_PORT: url.port,
    POSTGRES_SEEDS: url.hostname,
    POSTGRES_USER: decodeURIComponent(url.username),
    POSTGRES_PWD: decodeURIComponent(url.password),
    DBNAME: 'temporal',
    VISIBILITY_DBNAME: 'temporal_visibility',
    SQL_MAX_CONNS: '20',
    SQL_VIS_MAX_CONNS: '10',
    NUM_HISTORY_SHARDS: String(persistence.historyShards),
  };
}

/** What to start. */
export interface ServerConfig {
  readonly dataDir: string;
  readonly ports: TemporalPorts;
  readonly persistence: Persistence;
  readonly timeSkipping: boolean;
  readonly durable: boolean;
}

/** Environment of the bare server; writes its dynamic settings beside its data. */
export function serverEnvironment(config: ServerConfig): Record<string, string | undefined> {
  mkdirSync(config.dataDir, { recursive: true });
  const dynamicFile = path.join(config.dataDir, 'dynamic.yaml');
  writeFileSync(dynamicFile, dynamicYaml(dynamicConfig(config.timeSkipping, config.persistence)));
  const [history, matching, worker, ...membership] = config.ports.inner.map(String);
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    TMPDIR: process.env['TMPDIR'],
    ...storage(config.dataDir, config.persistence, config.durable),
    BIND_ON_IP: '127.0.0.1',
    LOG_LEVEL: 'warn',
    DYNAMIC_CONFIG_FILE_PATH: dynamicFile,
    FRONTEND_GRPC_PORT: String(config.ports.frontend),
    FRONTEND_HTTP_PORT: String(config.ports.frontendHttp),
    HISTORY_GRPC_PORT: history,
    MATCHING_GRPC_PORT: matching,
    WORKER_GRPC_PORT: worker,
    FRONTEND_MEMBERSHIP_PORT: membership[0],
    HISTORY_MEMBERSHIP_PORT: membership[1],
    MATCHING_MEMBERSHIP_PORT: membership[2],
    WORKER_MEMBERSHIP_PORT: membership[3],
  };
}

/** Arguments that make the command line's development server do the same. */
export function cliArguments(config: ServerConfig): string[] {
  const values = Object.entries(dynamicConfig(config.timeSkipping, config.persistence));
  return [
    ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--log-level', 'warn'],
    ...['--port', String(config.ports.frontend), '--http-port', String(config.ports.frontendHttp)],
    ...['--db-filename', path.join(config.dataDir, 'temporal-cli.db')],
    ...values.flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${JSON.stringify(value)}`]),
  ];
}
