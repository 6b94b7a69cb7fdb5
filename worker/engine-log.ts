import { DefaultLogger, Runtime, type LogEntry } from '@temporalio/worker';
import type { Logger } from 'pino';
import { maskPersonal } from '../rules/text/mask-personal.ts';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
/** True of every worker that runs no workflows; nothing to be warned of. */
const EXPECTED = 'No workflows registered';

/** Errors stand in what the engine tells as objects of their own. */
const tell = (meta: object): object =>
  Object.fromEntries(
    Object.entries(meta).map(([name, value]) => [
      name,
      value instanceof Error
        ? { name: value.name, stack: maskPersonal(value.stack ?? value.message) }
        : typeof value === 'string'
          ? maskPersonal(value)
          : value,
    ]),
  );

const write = (log: Logger) => (entry: LogEntry) => {
  const level = entry.message.startsWith(EXPECTED) ? 'debug' : LEVELS[entry.level];
  log[level](tell(entry.meta ?? {}), maskPersonal(entry.message));
};

/** The engine's words at the bundling of workflows, in our own log. */
export const bundlerLogger = (log: Logger): DefaultLogger => new DefaultLogger('INFO', write(log));

let isInstalled = false;

/**
 * What the engine's SDK says goes into our own log, and what it counts to `metricsAddress` (host:port, Prometheus) where one is
 * given; once per process, before its first worker.
 */
export function installEngineLog(log: Logger, metricsAddress?: string): void {
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({
    logger: new DefaultLogger('INFO', write(log)),
    // The order in which a process ends is ours: dispatcher, workers, connections.
    shutdownSignals: [],
    ...(metricsAddress === undefined
      ? {}
      : {
          telemetryOptions: {
            metrics: {
              prometheus: { bindAddress: metricsAddress, useSecondsForDurations: true, unitSuffix: true },
            },
          },
        }),
  });
}
