import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { simClient } from '../../sim/client.ts';
import { createTestDatabase } from '../support/database.ts';

const main = path.resolve(import.meta.dirname, '../../sim/main.ts');

test('the district starts from its environment, says where it is, and ends on SIGTERM', async () => {
  const database = await createTestDatabase();
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, SIM_DATABASE_URL: database.ownerUrl, SIM_PORT: '0', SIM_SMTP_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const origin = /at (http:\S+),/.exec(line)?.[1] ?? '';
    expect(await simClient(origin).token('head-qian')).toMatch(/^ey/);
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await database.drop();
  }
});
