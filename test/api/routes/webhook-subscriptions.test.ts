import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAccount } from '../../support/town/account.ts';
import { must, person } from '../../support/town/person.ts';
import { startTown, type Town } from '../../support/town/town.ts';
import { launch, walk } from '../../support/town/walk.ts';

interface Heard {
  body: string;
  headers: IncomingHttpHeaders;
  event: { id: string; event: string; caseId: string | null; data: Record<string, unknown> };
}

const secret = 'a secret that both sides know, 32+';
const heard: Heard[] = [];
let town: Town;
let receiver: Server;
let url: string;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      // This path is always down.
      if (request.url === '/down') return response.writeHead(503).end();
      heard.push({ body, headers: request.headers, event: JSON.parse(body) as Heard['event'] });
      return response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  town = await startTown();
});
afterAll(async () => {
  await town?.close();
  receiver.closeAllConnections();
  receiver.close();
});

const operator = () => person(town, 'operator-shi');
const subscribe = (path: string, events: string[]) =>
  must(
    operator().post<{ subscriptionId: string }>('/webhook-subscriptions', {
      url: `${url}${path}`,
      secret,
      events,
    }),
  );
const of = (caseId: string) => heard.filter(({ event }) => event.caseId === caseId);

test('64: every change of state is posted, signed, once to each subscriber, whoever else is away', async () => {
  await subscribe('/down', ['*']);
  const { subscriptionId } = await subscribe('/up', ['case.opened', 'case.stage-entered']);
  const account = await newAccount(town);
  const caseId = await launch(town, account);
  // Into the hours in which customers may be written to.
  await walk(town, account, caseId, { before: ({ stage }) => Promise.resolve(stage !== 'opening') }, 2);
  await expect
    .poll(() => of(caseId).map(({ event }) => event.event))
    .toEqual(expect.arrayContaining(['case.opened', 'case.stage-entered']));
  for (const { headers, body, event } of of(caseId)) {
    const signed = createHmac('sha256', secret).update(`${String(headers['x-fudian-timestamp'])}.${body}`);
    expect(headers['x-fudian-signature']).toBe(`v1=${signed.digest('hex')}`);
    expect(headers['idempotency-key']).toBe(event.id);
  }
  expect(new Set(heard.map(({ event }) => event.id)).size).toBe(heard.length);

  const list = () =>
    must(
      operator().get<{ items: { subscriptionId: string; endedAt: string | null; waiting: number }[] }>(
        '/webhook-subscriptions',
      ),
    );
  await expect.poll(async () => (await list()).items.find((one) => one.waiting > 0)).toBeDefined();
  expect(JSON.stringify(await list())).not.toContain(secret);

  await must(operator().post(`/webhook-subscriptions/${encodeURIComponent(subscriptionId)}/end`));
  const after = await launch(town, await newAccount(town));
  await expect.poll(async () => (await person(town, 'clerk-chen').get(`/cases/${after}`)).status).toBe(200);
  expect((await list()).items.find((one) => one.subscriptionId === subscriptionId)?.endedAt).not.toBeNull();
  expect(of(after)).toEqual([]);
});

test('64: an address that is not encrypted, and who may not subscribe, are refused', async () => {
  const wish = { url: 'http://example.com/hook', secret, events: ['*'] };
  expect(await operator().post('/webhook-subscriptions', wish)).toMatchObject({
    status: 422,
    body: { code: 'refused-by-facts', reasons: [{ code: 'not-a-webhook-address' }] },
  });
  expect(await person(town, 'clerk-chen').post('/webhook-subscriptions', wish)).toMatchObject({
    status: 403,
    body: { code: 'role-not-permitted' },
  });
  expect(await operator().post('/webhook-subscriptions/nobody/end')).toMatchObject({ status: 404 });
});
