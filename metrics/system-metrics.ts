import { Counter, Histogram, type Registry } from 'prom-client';
import type { MeasuredCall } from '../systems/measure.ts';

/** Calls to billing, carrier, crews and the rest: how many, how they ended, how long they took. */
export function systemMetrics(registry: Registry): (call: MeasuredCall) => void {
  const calls = new Counter({
    name: 'fudian_system_calls_total',
    help: 'Calls to outside systems, by system, operation and outcome (ok, refused, unavailable)',
    labelNames: ['system', 'operation', 'outcome'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'fudian_system_call_seconds',
    help: 'Time of calls to outside systems',
    labelNames: ['system', 'operation'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10],
    registers: [registry],
  });
  return ({ system, operation, outcome, seconds: took }) => {
    calls.inc({ system, operation, outcome });
    seconds.observe({ system, operation }, took);
  };
}
