import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Modules that the imports below point at. */
const modules = [
  ...[
    'rules/verdict.ts',
    'workflows/messages.ts',
    'workflows/case.ts',
    'engine/connect.ts',
    'db/keys/key-ring.ts',
    'activities/contract.ts',
    'db/read.ts',
  ],
  ...[
    'systems/billing/port.ts',
    'systems/billing/http.ts',
    'systems/errors.ts',
    'systems/messages/notices.ts',
  ],
  ...['systems/tickets/stop-ticket.ts', 'intake/store.ts', 'papers/paper.ts'],
  ...[
    'settings/settings.ts',
    'api/route.ts',
    'api/shapes/me.ts',
    'web/desk/ui/nothing.ts',
    'web/shared/api/client.ts',
    'worker/assemble.ts',
    'sim/sim.ts',
    'cli/fudian.ts',
    'tools/start.ts',
  ],
];

/** Folder, what it must not import (`type` before it: not even as a type), and what the message must name instead. */
const forbidden: readonly (readonly [string, string, string])[] = [
  ['rules', 'type db/read.ts', 'take the fact as an argument'],
  ['rules', 'workflows/messages.ts', 'take the fact as an argument'],
  ['rules', 'settings/settings.ts', 'take the fact as an argument'],
  ['rules', 'node:crypto', 'imports no package'],
  ['rules', 'chinese-days', 'imports no package'],
  ['workflows', 'rules/verdict.ts', 'local activity'],
  ['workflows', 'activities/contract.ts', 'activities/contract.ts'],
  ['workflows', 'type db/read.ts', 'do it in an activity'],
  ['workflows', 'type systems/billing/port.ts', 'do it in an activity'],
  ['workflows', 'settings/settings.ts', 'do it in an activity'],
  ['workflows', 'pg', '@temporalio/workflow'],
  ['workflows', '@temporalio/client', '@temporalio/workflow'],
  ['workflows', '@temporalio/worker', '@temporalio/workflow'],
  ['workflows', 'node:crypto', '@temporalio/workflow'],
  ['activities', 'type workflows/case.ts', 'workflows/messages.ts'],
  ['activities', 'systems/billing/http.ts', 'worker/assemble.ts'],
  ['activities', 'type api/route.ts', 'worker/assemble.ts'],
  ['activities', 'settings/settings.ts', 'worker/assemble.ts'],
  ['intake', 'type workflows/case.ts', 'through the outbox'],
  ['intake', 'activities/contract.ts', 'the caller in api/ or activities/'],
  ['intake', 'systems/billing/port.ts', 'the caller in api/ or activities/'],
  ['intake', 'type api/route.ts', 'passes everything as an argument'],
  ['api', 'workflows/case.ts', 'workflows/messages.ts'],
  ['api', 'activities/contract.ts', 'intake/'],
  ['api', 'systems/billing/http.ts', 'api/assemble.ts'],
  ['api', 'sim/sim.ts', 'api/assemble.ts'],
  ['sim', 'type systems/billing/http.ts', 'systems/*/port.ts'],
  ['sim', 'systems/billing/port.ts', 'nothing that runs'],
  ['sim', 'type rules/verdict.ts', 'over HTTP'],
  ['sim', 'settings/settings.ts', 'over HTTP'],
  ['settings', 'type rules/verdict.ts', 'nothing of ours'],
  ['systems/billing', 'settings/settings.ts', "settings' type"],
  ['systems/billing', 'type db/read.ts', 'activities/'],
  ['systems/billing', 'rules/verdict.ts', 'activities/'],
  ['papers', 'systems/billing/http.ts', 'nothing that talks to the outside'],
  ['papers', 'type systems/billing/port.ts', 'nothing that talks to the outside'],
  ['papers', 'type db/read.ts', 'hand it in'],
  ['papers', 'type intake/store.ts', 'hand it in'],
  ['papers', 'type api/route.ts', 'hand it in'],
  ['papers', 'settings/settings.ts', 'hand it in'],
  ['rules', 'papers/paper.ts', 'take the fact as an argument'],
  ['workflows', 'type papers/paper.ts', 'do it in an activity'],
  ['activities', 'type papers/paper.ts', 'worker/assemble.ts'],
  ['intake', 'type papers/paper.ts', 'passes everything as an argument'],
  ['systems/billing', 'type papers/paper.ts', 'activities/'],
  ['db', 'type papers/paper.ts', 'plain values'],
  ['sim', 'type papers/paper.ts', 'over HTTP'],
  ['settings', 'type papers/paper.ts', 'nothing of ours'],
  ['web/desk', 'type rules/verdict.ts', 'over HTTP'],
  ['web/desk', 'type api/route.ts', 'types of api/shapes/'],
  ['web/desk', 'api/shapes/me.ts', 'nothing that runs'],
  ['web/desk', 'node:crypto', 'what the browser has'],
  ['web/phone', 'api/shapes/me.ts', 'nothing that runs'],
  ['web/phone', 'type db/read.ts', 'over HTTP'],
  ['web/phone', 'antd', 'plain parts'],
  ['web/shared/ui', 'web/desk/ui/nothing.ts', 'plain parts'],
  ['web/customer', 'echarts', 'plain parts'],
  ['api', 'web/shared/api/client.ts', 'api/assemble.ts'],
  ['engine', 'type intake/store.ts', 'nothing of the procedure'],
  ['engine', 'db/read.ts', 'keys arrive as an argument'],
  ['workflows', 'engine/connect.ts', 'do it in an activity'],
  ['api', 'engine/connect.ts', 'api/assemble.ts'],
  ['db', 'type engine/connect.ts', 'plain values'],
  ['db', 'type intake/store.ts', 'plain values'],
  ['db', 'type systems/billing/port.ts', 'plain values'],
  ['db', 'workflows/messages.ts', 'nothing that runs'],
  ['db', 'type workflows/case.ts', 'workflows/messages.ts'],
  ['metrics', 'systems/billing/port.ts', 'only by type'],
  ['metrics', 'type activities/contract.ts', 'told by the assembly'],
  ['metrics', 'settings/settings.ts', 'told by the assembly'],
  ['test/soak/check', 'rules/verdict.ts', 'rules of its own'],
  ['test/soak/check', 'type intake/store.ts', 'rules of its own'],
];

/** Imports that each folder does need. */
const allowed: readonly (readonly [string, string])[] = [
  ['workflows', 'type rules/verdict.ts'],
  ['workflows', 'type activities/contract.ts'],
  ['workflows', '@temporalio/workflow'],
  ['activities', 'rules/verdict.ts'],
  ['activities', 'db/read.ts'],
  ['activities', 'intake/store.ts'],
  ['activities', 'systems/errors.ts'],
  ['activities', 'systems/messages/notices.ts'],
  ['activities', 'systems/tickets/stop-ticket.ts'],
  ['activities', 'type systems/billing/http.ts'],
  ['activities', 'workflows/messages.ts'],
  ['intake', 'rules/verdict.ts'],
  ['intake', 'db/read.ts'],
  ['intake', 'settings/settings.ts'],
  ['api', 'db/read.ts'],
  ['api', 'intake/store.ts'],
  ['api', 'systems/billing/port.ts'],
  ['api', 'workflows/messages.ts'],
  ['api', 'papers/paper.ts'],
  ['papers', 'rules/verdict.ts'],
  ['papers', 'systems/messages/notices.ts'],
  ['papers', 'systems/tickets/stop-ticket.ts'],
  ['sim', 'type systems/billing/port.ts'],
  ['systems/billing', 'type settings/settings.ts'],
  ['db', 'rules/verdict.ts'],
  ['db', 'type workflows/messages.ts'],
  ['metrics', 'type systems/billing/port.ts'],
  ['metrics', 'db/read.ts'],
  ['web/desk', 'type api/shapes/me.ts'],
  ['web/desk', 'antd'],
  ['web/desk', 'web/shared/api/client.ts'],
  ['web/phone', 'type api/shapes/me.ts'],
  ['web/shared/ui', 'web/shared/api/client.ts'],
  ['engine', 'db/keys/key-ring.ts'],
  ['worker', 'engine/connect.ts'],
  ['worker', 'systems/billing/http.ts'],
  ['cli', 'sim/sim.ts'],
  ['test/soak/check', 'pg'],
];

interface Diagnostic {
  readonly code: string;
  readonly help?: string;
  readonly message: string;
  readonly filename: string;
}

let folder = '';
let found: readonly Diagnostic[] = [];
const fileOf = (from: string, what: string): string =>
  `${from}/example-${what.replaceAll(/[^a-z]/gi, '-')}.ts`;

function importLine(from: string, what: string): string {
  const [keyword, target] = what.startsWith('type ') ? ['import type', what.slice(5)] : ['import', what];
  const isOurs = modules.includes(target);
  const source = isOurs ? path.posix.relative(from, target) : target;
  return `${keyword} * as example from '${source.startsWith('.') || !isOurs ? source : `./${source}`}';\n`;
}

function lint(): readonly Diagnostic[] {
  const args = ['--format=json', '-c', '.oxlintrc.json', '.'];
  const options = { cwd: folder, encoding: 'utf8', stdio: 'pipe' } as const;
  const output = ((): string => {
    try {
      return execFileSync(path.join(root, 'node_modules/.bin/oxlint'), args, options);
    } catch (error) {
      // Faults found: exit code 1, and the list on standard output.
      if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string')
        return error.stdout;
      throw error;
    }
  })();
  return (JSON.parse(output) as { diagnostics: readonly Diagnostic[] }).diagnostics;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-boundaries-'));
  const put = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  copyFileSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  copyFileSync(path.join(root, 'tsconfig.json'), path.join(folder, 'tsconfig.json'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  for (const module of modules) put(module, 'export const one = 1;\n');
  for (const [from, what] of [...forbidden, ...allowed]) put(fileOf(from, what), importLine(from, what));
  put('db/ring-a.ts', "import { b } from './ring-b.ts';\nexport const a = (): unknown => b;\n");
  put('db/ring-b.ts', "import { a } from './ring-a.ts';\nexport const b = (): unknown => a;\n");
  put('api/careless.ts', 'export function careless(): void {\n  Promise.resolve(1);\n}\n');
  put(
    'api/misused.ts',
    'export const run = (work: () => void): void => work();\nrun(async () => Promise.resolve());\n',
  );
  found = lint();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const about = (file: string, rule: string): readonly Diagnostic[] =>
  found.filter(({ filename, code }) => path.normalize(filename) === file && code.includes(rule));

describe('who may import whom', () => {
  test.each(forbidden)('%s must not import %s', (from, what, replacement) => {
    const messages = about(fileOf(from, what), 'no-restricted-imports').map(({ help }) => help ?? '');
    expect(messages).not.toHaveLength(0);
    expect(messages.join('\n')).toContain(replacement);
  });

  test.each(allowed)('%s may import %s', (from, what) => {
    expect(about(fileOf(from, what), 'no-restricted-imports')).toEqual([]);
  });
});

test('a ring of imports is refused', () => {
  expect(about('db/ring-a.ts', 'no-cycle')).not.toHaveLength(0);
});

test('a promise nobody waits for is refused, and one passed where none is expected', () => {
  expect(about('api/careless.ts', 'no-floating-promises')).not.toHaveLength(0);
  expect(about('api/misused.ts', 'no-misused-promises')).not.toHaveLength(0);
});
