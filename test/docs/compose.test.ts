import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const compose = read('docker-compose.yml');
const services = [...compose.slice(compose.indexOf('\nservices:')).matchAll(/^ {2}([\w-]+):$/gm)].map(
  ([, name = '']) => name,
);

/** The secrets that the file asks for; without one of them it refuses to be read. */
const secrets = [...new Set([...compose.matchAll(/\$\{(\w+):\?\}/g)].map(([, name = '']) => name))];

/** What docker says of the file with these variables; undefined where its compose is not on this machine. */
function composeSays(env: NodeJS.ProcessEnv): 'takes it' | 'refuses it' | undefined {
  try {
    execFileSync('docker', ['compose', 'version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  try {
    const args = ['compose', '-f', path.join(root, 'docker-compose.yml'), 'config', '-q'];
    execFileSync('docker', args, { env, stdio: 'pipe' });
    return 'takes it';
  } catch {
    return 'refuses it';
  }
}

test('the stack has what a person would run in production', () => {
  expect(services.toSorted()).toEqual(
    ['api', 'postgres', 'prepare', 'prometheus', 'temporal', 'temporal-ui', 'worker'].toSorted(),
  );
  // Ours: no root, nothing written but proofs, no secret in the file.
  expect(compose).toMatch(/^ {2}user: node$/m);
  expect(compose).toMatch(/^ {2}read_only: true$/m);
  expect(read('Dockerfile')).toMatch(/^USER node$/m);
  expect(secrets.toSorted()).toEqual(['APP_PASSWORD', 'DATA_KEYS', 'HASH_KEY', 'OWNER_PASSWORD']);
  for (const name of ['postgres', 'temporal', 'worker', 'api'])
    expect(compose.split(`\n  ${name}:\n`)[1]?.split(/\n {2}\S/)[0]).toContain('healthcheck:');
});

test('the example of its variables names each that has no default', () => {
  const given = new Set([...read('ops/env.example').matchAll(/^(\w+)=/gm)].map(([, name = '']) => name));
  const settings = [...read('settings/settings.ts').matchAll(/^ {2}([A-Z_]+): z\.(.*),$/gm)]
    .filter(([, , schema = '']) => !/\.default\(|\.optional\(/.test(schema))
    .map(([, name = '']) => name);
  const inCompose = new Set([...compose.matchAll(/^ {4}([A-Z_]+):/gm)].map(([, name = '']) => name));
  expect(settings.length).toBeGreaterThan(10);
  expect(settings.filter((name) => !given.has(name) && !inCompose.has(name))).toEqual([]);
});

test('the image brings every folder that its programs import', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (\w+) \1$/gm)].map(([, name = '']) => name);
  for (const folder of [
    'activities',
    'api',
    'db',
    'intake',
    'metrics',
    'rules',
    'settings',
    'systems',
    'worker',
    'workflows',
  ])
    expect(copied).toContain(folder);
});

test('docker takes the file with its secrets and refuses it without, where its compose is there', () => {
  expect(secrets.length).toBeGreaterThan(0);
  const env = { ...process.env, ...Object.fromEntries(secrets.map((name) => [name, 'x'])) };
  expect(['takes it', undefined]).toContain(composeSays(env));
  expect(['refuses it', undefined]).toContain(composeSays(process.env));
});
