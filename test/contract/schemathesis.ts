import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Target } from './fuzz.ts';
import type { Known } from './values.ts';

const VERSION = '4.32.5';
const folder = path.join(
  process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'),
  'fudian',
  'schemathesis',
);
const inVenv = (name: string): string =>
  path.join(folder, VERSION, process.platform === 'win32' ? 'Scripts' : 'bin', name);

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

/** Schemathesis of one pinned version in a folder of its own; undefined where there is no Python 3 or PyPI cannot be reached. */
export function findSchemathesis(): string | undefined {
  const program = inVenv('schemathesis');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const made =
    run('python3', ['-m', 'venv', path.join(folder, VERSION)]) &&
    run(inVenv('pip'), ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`]);
  return made && existsSync(program) ? program : undefined;
}

// What it also has and what does not fit: a method that is unknown is answered 405 before anybody is asked who they are, which
// it takes for a missing check of authorization; and a body may be refused for facts, which it cannot know.
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'unsupported_method',
];

const quoted = (text: string): string => JSON.stringify(text);

/** One id that is really there for each parameter of a path, or nothing below the schemas is ever reached. */
function parametersOf(known: Known): string[] {
  const real = Object.entries(known).flatMap(([name, [first]]) =>
    first === undefined || !/^\w+$/.test(name)
      ? []
      : [`"path.${name}" = ${quoted(encodeURIComponent(first))}`],
  );
  return ['[parameters]', ...real];
}

/** Lets it loose on a served document as one person. Returns its exit code; 0 = nothing found. */
export async function runSchemathesis(
  program: string,
  target: Target,
  how: { role: string; examples: number; seed: number; folder: string },
): Promise<number> {
  const settings = path.join(how.folder, 'schemathesis.toml');
  const lines = [
    ...['[headers]', `Authorization = ${quoted(`Bearer ${await target.token(how.role)}`)}`],
    ...parametersOf(await target.known()),
  ];
  writeFileSync(settings, `${lines.join('\n')}\n`, { mode: 0o600 });
  const child = spawn(
    program,
    [
      ...['--config-file', settings, 'run', `${target.url}/openapi.json`],
      ...['--url', target.url, '--checks', CHECKS.join(',')],
      ...['--max-examples', String(how.examples), '--seed', String(how.seed)],
      ...['--phases', 'examples,coverage,fuzzing', '--suppress-health-check', 'all'],
      ...['--exclude-operation-id', 'followEvents', '--continue-on-failure', '--request-timeout', '60'],
      ...['--generation-database', 'none'],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], cwd: how.folder },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
