import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeFolder } from '../../tools/stack/lock.ts';
import { portsOf } from '../../tools/stack/ports.ts';
import { secretsOf } from '../../tools/stack/secrets.ts';
import { isAllSimulated } from '../../tools/stack/start-stack.ts';
import { readState, writeState } from '../../tools/stack/state.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-stack-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a second start on the same folder says so plainly, and a dead one is no obstacle', () => {
  const give = takeFolder(folder);
  expect(() => takeFolder(folder)).toThrow(`already runs on ${folder} (process ${process.pid})`);
  give();
  takeFolder(folder)();
  writeFileSync(
    path.join(folder, 'running.json'),
    JSON.stringify({ pid: process.pid, command: 'another program' }),
  );
  takeFolder(folder)();
});

test('secrets are made once, kept for their owner alone, and give way to those of the environment', () => {
  const made = secretsOf(folder, {});
  expect(secretsOf(folder, {})).toEqual(made);
  expect(Buffer.from(made.dataKeys.split(':')[1] ?? '', 'base64')).toHaveLength(32);
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o077).toBe(0);
  expect(secretsOf(folder, { HASH_KEY: 'given' }).hashKey).toBe('given');
  expect(readFileSync(path.join(folder, 'secrets.json'), 'utf8')).not.toContain('given');
});

test('ports are remembered; a taken one is replaced, and one that was asked for is not', async () => {
  const first = await portsOf(folder, undefined);
  expect(await portsOf(folder, undefined)).toEqual(first);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(first.sim, '127.0.0.1', resolve));
  const second = await portsOf(folder, undefined);
  expect(second.sim).not.toBe(first.sim);
  expect(second.api).toBe(first.api);
  await expect(portsOf(folder, first.sim)).rejects.toThrow(`API_PORT=${first.sim} is taken`);
  await new Promise((resolve) => server.close(resolve));
});

test('time may be hurried only where no outside system is a real one', () => {
  expect(isAllSimulated({ DATABASE_URL: 'postgres://x', TEMPORAL_ADDRESS: 'x:1', COMPANY_ID: 'c' })).toBe(
    true,
  );
  for (const name of ['TWILIO_AUTH_TOKEN', 'BILLING_URL', 'SMTP_URL', 'METER_URL'])
    expect({ name, may: isAllSimulated({ [name]: 'real' }) }).toEqual({ name, may: false });
  expect(isAllSimulated({ SMTP_URL: '' })).toBe(true);
});

test('the state of a stack is there while it runs', () => {
  const state = { apiUrl: 'http://127.0.0.1:1', simOrigin: null, env: { A: 'b' } };
  const end = writeState(folder, state);
  expect(readState(folder)).toEqual(state);
  end();
  expect(readState(folder)).toBeUndefined();
});
