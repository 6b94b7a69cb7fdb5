import { readFileSync } from 'node:fs';
import path from 'node:path';

/** One alert as its file says it. */
export interface Alert {
  readonly name: string;
  readonly expr: string;
  readonly severity: string;
  readonly summary: string;
  readonly runbook: string;
  /** Every figure that its expression names. */
  readonly metrics: readonly string[];
}

const file = path.resolve(import.meta.dirname, '../../ops/prometheus/alerts.yml');
const one = (block: string, pattern: RegExp): string => pattern.exec(block)?.[1]?.trim() ?? '';

/** Names that stand for a series: words before a brace, a bracket, a comparison or an end, that are no function of PromQL. */
const metricsIn = (expr: string): string[] => [
  ...new Set(
    [...expr.replace(/"[^"]*"/g, '""').matchAll(/\b((?:fudian|temporal)_\w+|up)\b/g)].map(
      ([, name = '']) => name,
    ),
  ),
];

/** Reads the alerts in the one shape that our file has. @throws Error where a rule has another */
export function readAlerts(): Alert[] {
  const text = readFileSync(file, 'utf8');
  const blocks = text.split(/^ {6}- alert: /m).slice(1);
  const alerts = blocks.map((block) => {
    const expr = one(block, /expr: >-\n((?: {10}.*\n)+)/).replace(/\s*\n\s*/g, ' ');
    return {
      name: one(block, /^(\w+)\n/),
      expr,
      severity: one(block, /severity: (\w+)/),
      summary: one(block, /summary: (.*)\n/),
      runbook: one(block, /runbook: (\S+)/),
      metrics: metricsIn(expr),
    };
  });
  const isWhole = (alert: Alert) => Object.values(alert).every((part) => part.length > 0);
  const broken = alerts.filter((alert) => !isWhole(alert));
  if (broken.length > 0) throw new Error(`not understood: ${JSON.stringify(broken)}`);
  return alerts;
}
