import { Counter, Histogram, type Registry } from 'prom-client';

/** What the dispatcher tells of each entry that it carried or failed to carry. */
export interface OutboxMetrics {
  delivered(kind: string, seconds: number): void;
  failed(kind: string): void;
}

/** From the commit of an entry to its delivery: for `stand-down` until the crew's device has acknowledged. */
export function outboxMetrics(registry: Registry): OutboxMetrics {
  const seconds = new Histogram({
    name: 'fudian_outbox_delivery_seconds',
    help: 'From the commit of an entry to its delivery, by kind',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300],
    registers: [registry],
  });
  const failures = new Counter({
    name: 'fudian_outbox_failures_total',
    help: 'Deliveries that failed and are tried again, by kind',
    labelNames: ['kind'],
    registers: [registry],
  });
  return {
    delivered: (kind, took) => seconds.observe({ kind }, took),
    failed: (kind) => failures.inc({ kind }),
  };
}
