import { Gauge, type Registry } from 'prom-client';
import type { EnginePort } from '../systems/engine/port.ts';

/** Gauges of what waits in the engine's task queues, asked at each scrape. */
export function queueMetrics(
  registry: Registry,
  engine: EnginePort,
  queues: readonly { readonly name: string; readonly kind: 'workflow' | 'activity' }[],
): void {
  const labelNames = ['queue', 'kind'] as const;
  const age = new Gauge({
    name: 'fudian_task_queue_oldest_seconds',
    help: 'How long the oldest task waits for a worker, by task queue and kind',
    labelNames,
    registers: [registry],
  });
  const reachable = new Gauge({
    name: 'fudian_engine_reachable',
    help: '1 while the workflow engine answers',
    registers: [registry],
  });
  new Gauge({
    name: 'fudian_task_queue_waiting',
    help: 'Tasks that wait for a worker, by task queue and kind',
    labelNames,
    registers: [registry],
    async collect() {
      try {
        const found = await Promise.all(
          queues.map(async (queue) => ({ ...queue, ...(await engine.backlog(queue.name, queue.kind)) })),
        );
        for (const { name, kind, tasks, ageSeconds } of found) {
          this.set({ queue: name, kind }, tasks);
          age.set({ queue: name, kind }, ageSeconds);
        }
        reachable.set(1);
      } catch {
        // Said by the gauge; old numbers would lie.
        this.reset();
        age.reset();
        reachable.set(0);
      }
    },
  });
}
