import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { reachable } from '../../systems/events/closed-networks.ts';
import { httpEvents } from '../../systems/events/http-events.ts';

const closed = [
  ...[
    '127.0.0.1',
    '127.9.9.9',
    '10.0.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
  ],
  ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', 'fd00::1', 'fe80::1', 'ff02::1'],
  ...['::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::a00:1'],
];

describe('nothing that is posted to subscribers reaches the house itself', () => {
  test.each(closed)('%s is closed, unless its network was opened', (address) => {
    expect(reachable([])(address)).toBe(false);
  });

  test('public addresses are open, and what was opened by name', () => {
    for (const address of ['93.184.216.34', '2606:2800:220:1::1', '172.32.0.1', '::ffff:93.184.216.34'])
      expect(reachable([])(address)).toBe(true);
    const mayReach = reachable(['10.7.0.0/16']);
    expect([mayReach('10.7.3.1'), mayReach('10.8.0.1')]).toEqual([true, false]);
    expect(mayReach('no address')).toBe(false);
    expect(() => reachable(['10.7.0.0'])).toThrow('is no network');
  });

  test.each([
    ...[
      'http://example.com/x',
      'https://u:p@example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'gopher://x',
    ],
    ...[
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://[::1]/',
      'https://[::ffff:10.0.0.1]/',
    ],
    ...[
      'https://169.254.169.254/latest/meta-data',
      'https://10.0.0.1:5432/',
      'http://localhost/',
      'https://a.localhost/',
      'x',
    ],
  ])('%s cannot be subscribed', async (url) => {
    expect(await httpEvents([]).mayName(url)).toBe(false);
  });

  test('a name that leads into the house is not followed, nor is a redirect', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(307, { location: '/secret' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const event = { headers: {}, body: '{}' };
    for (const host of ['localhost', '127.0.0.1'])
      await expect(httpEvents([]).post({ ...event, url: `http://${host}:${port}/a` })).rejects.toMatchObject({
        code: 'closed-network',
      });
    expect(asked).toEqual([]);
    const open = httpEvents(['127.0.0.0/8', '::1/128']);
    expect(await open.post({ ...event, url: `http://127.0.0.1:${port}/b` })).toEqual({ status: 307 });
    expect(asked).toEqual(['/b']);
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await expect(open.post({ ...event, url: `http://127.0.0.1:${port}/c` })).rejects.toMatchObject({
      name: 'SystemUnavailable',
    });
  });
});
