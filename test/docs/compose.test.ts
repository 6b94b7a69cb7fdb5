import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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

test('the image brings every folder of ours that a program in it imports', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (\w+) \1$/gm)].map(([, name = '']) => name);
  const sources = copied.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => read(path.join(folder, name))),
  );
  const imported = new Set(
    sources.flatMap((text) => [...text.matchAll(/from '(?:\.\.\/)+(\w+)\//g)].map(([, name = '']) => name)),
  );
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const ours = folders.map(({ name }) => name).filter((name) => imported.has(name));
  expect(ours.length).toBeGreaterThan(10);
  expect(ours.filter((name) => !copied.includes(name))).toEqual([]);
});

test('docker takes the file with its secrets and refuses it without, where its compose is there', () => {
  expect(secrets.length).toBeGreaterThan(0);
  const env = { ...process.env, ...Object.fromEntries(secrets.map((name) => [name, 'x'])) };
  expect(['takes it', undefined]).toContain(composeSays(env));
  expect(['refuses it', undefined]).toContain(composeSays(process.env));
});
