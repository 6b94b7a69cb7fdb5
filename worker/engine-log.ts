import { DefaultLogger, Runtime, type LogEntry } from '@temporalio/worker';
import type { Logger } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
/** True of every worker that runs no workflows; nothing to be warned of. */
const EXPECTED = 'No workflows registered';

const write = (log: Logger) => (entry: LogEntry) => {
  const level = entry.message.startsWith(EXPECTED) ? 'debug' : LEVELS[entry.level];
  log[level](entry.meta ?? {}, entry.message);
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
