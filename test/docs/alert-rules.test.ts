import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { WATCHED_KINDS } from '../../activities/watch/watch-operations.ts';
import { readAlerts } from '../support/alerts.ts';

const root = path.resolve(import.meta.dirname, '../..');
const guide = readFileSync(path.join(root, 'docs/operating.md'), 'utf8');
const alerts = readAlerts();

const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      return readdirSync(folder).includes(program);
    } catch {
      return false;
    }
  });

test('each alert has its section in the guide, and each section of the runbook its alert', () => {
  const sections = [...guide.matchAll(/^### (\w+)$/gm)].map(([, name = '']) => name);
  expect(alerts.length).toBeGreaterThan(20);
  expect(sections.toSorted()).toEqual(alerts.map(({ name }) => name).toSorted());
  for (const { name, runbook, summary, severity } of alerts) {
    expect(runbook).toBe(`docs/operating.md#${name.toLowerCase()}`);
    expect(summary.length).toBeGreaterThan(10);
    expect(['critical', 'warning']).toContain(severity);
  }
});

test('each kind of alarm and of difference is explained in the guide', () => {
  const rows = [...guide.matchAll(/^\| ([a-z][a-z-]+) +\|/gm)].map(([, kind = '']) => kind);
  const sources = readdirSync(path.join(root, 'activities/reconcile')).map((name) =>
    readFileSync(path.join(root, 'activities/reconcile', name), 'utf8'),
  );
  const differences = sources.flatMap((text) =>
    [...text.matchAll(/kind: '([a-z]+(?:-[a-z]+)+)'/g)].map(([, kind = '']) => kind),
  );
  expect(differences.length).toBeGreaterThan(15);
  for (const kind of [...WATCHED_KINDS, 'difference', ...differences]) expect(rows).toContain(kind);
});

/** What Prometheus' own tool says; undefined where it is not on this machine. */
function promtoolSays(what: 'rules' | 'config', file: string): string | undefined {
  if (!isOnPath('promtool')) return undefined;
  try {
    execFileSync('promtool', ['check', what, path.join(root, file)], { stdio: 'pipe' });
    return 'takes it';
  } catch (error) {
    return String(error);
  }
}

test('Prometheus itself takes rules and configuration, where its tool is there', () => {
  expect(['takes it', undefined]).toContain(promtoolSays('rules', 'ops/prometheus/alerts.yml'));
  expect(['takes it', undefined]).toContain(promtoolSays('config', 'ops/prometheus/prometheus.yml'));
  // Without the tool every expression has at least balanced brackets and a comparison to judge by.
  for (const { expr } of alerts) {
    expect([...expr.matchAll(/[({[]/g)]).toHaveLength([...expr.matchAll(/[)}\]]/g)].length);
    expect(expr).toMatch(/[<>]=?\s*[\d.]+$|^absent\(/);
  }
});
