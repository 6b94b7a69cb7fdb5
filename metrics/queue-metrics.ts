import { Gauge, type Registry } from 'prom-client';
import type { Backlog, EnginePort } from '../systems/engine/port.ts';

interface Queue {
  readonly name: string;
  readonly kind: 'workflow' | 'activity';
}

const CACHE_MS = 2_000;

/** Gauges of what waits in the engine's task queues, asked once for each scrape. */
export function queueMetrics(registry: Registry, engine: EnginePort, queues: readonly Queue[]): void {
  let last: { at: number; found: Promise<(Queue & Backlog)[] | undefined> } | undefined;
  const look = () => {
    if (last === undefined || performance.now() - last.at > CACHE_MS) {
      const asked = queues.map(async (queue) => ({
        ...queue,
        ...(await engine.backlog(queue.name, queue.kind)),
      }));
      // Said by the gauge; old numbers would lie.
      last = { at: performance.now(), found: Promise.all(asked).catch(() => undefined) };
    }
    return last.found;
  };
  new Gauge({
    name: 'fudian_engine_reachable',
    help: '1 while the workflow engine answers',
    registers: [registry],
    async collect() {
      this.set((await look()) === undefined ? 0 : 1);
    },
  });
  const perQueue = (name: string, help: string, valueOf: (backlog: Backlog) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['queue', 'kind'],
      registers: [registry],
      async collect() {
        const found = await look();
        this.reset();
        for (const queue of found ?? []) this.set({ queue: queue.name, kind: queue.kind }, valueOf(queue));
      },
    });
  perQueue(
    'fudian_task_queue_oldest_seconds',
    'How long the oldest task waits for a worker, by task queue and kind',
    ({ ageSeconds }) => ageSeconds,
  );
  perQueue(
    'fudian_task_queue_waiting',
    'Tasks that wait for a worker, by task queue and kind',
    ({ tasks }) => tasks,
  );
}
