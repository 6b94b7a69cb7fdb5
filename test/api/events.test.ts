import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAudit } from '../../db/audit/append-audit.ts';
import { pruneEvents } from '../../db/events/read-events.ts';
import { putAccount, startApiOnly, type ApiOnly } from '../support/town/api-only.ts';
import { soon } from '../support/town/story.ts';

let api: ApiOnly;
const accounts = new Map<string, string>();
beforeAll(async () => {
  api = await startApiOnly();
  accounts.set('centre-1', await putAccount(api, '320800000001'));
  accounts.set('centre-2', await putAccount(api, '320800000002', 'centre-2'));
});
afterAll(() => api.close());

const happen = (centre: string, action: string): Promise<void> =>
  api.tx((tx) =>
    appendAudit(tx, {
      companyId: 'company-1',
      chainId: accounts.get(centre) ?? `desk/company-1`,
      actor: 'x',
      action,
      body: {},
      occurredAt: new Date().toISOString(),
    }),
  );

interface Followed {
  readonly status: number;
  readonly text: () => string;
  readonly topics: () => string[];
  readonly lastId: () => string;
  readonly end: () => void;
  readonly ended: Promise<void>;
}

async function follow(
  wish: { centres: readonly string[] | '*'; personId?: string; livesSeconds?: number },
  lastEventId?: string,
): Promise<Followed> {
  const gone = new AbortController();
  const token = await api.token({ roles: ['centre'], ...wish });
  const response = await fetch(`${api.url}/events`, {
    signal: gone.signal,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  let text = '';
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const ended = (async () => {
    for (;;) {
      const read = await reader?.read().catch(() => undefined);
      if (read === undefined || read.done) return;
      text += read.value;
    }
  })();
  return {
    status: response.status,
    text: () => text,
    topics: () => [...text.matchAll(/"topic":"([^"]+)"/g)].map(([, topic = '']) => topic),
    lastId: () => [...text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '',
    end: () => gone.abort(),
    ended,
  };
}

const until = async (one: Followed, isSo: (one: Followed) => boolean): Promise<void> => {
  await soon(() => Promise.resolve(one), isSo);
};

test('what changes is told to those who may see the centre, and to nobody else', async () => {
  const [first, second, company] = [
    await follow({ centres: ['centre-1'] }),
    await follow({ centres: ['centre-2'] }),
    await follow({ centres: '*' }),
  ];
  for (const one of [first, second, company])
    await until(one, (seen) => seen.text().includes('event: ready'));
  await happen('centre-1', 'notice.served');
  await happen('centre-2', 'case.opened');
  await happen('desk', 'delegation.set');
  await until(company, (seen) => seen.topics().length === 3);
  await until(first, (seen) => seen.topics().length === 2);
  await until(second, (seen) => seen.topics().length === 2);
  expect(first.topics().toSorted()).toEqual(['delegation.set', 'notice.served']);
  expect(second.topics().toSorted()).toEqual(['case.opened', 'delegation.set']);
  expect(first.text()).toContain('"accountNo":"320800000001"');
  expect(first.text()).not.toContain('张三丰');
  for (const one of [first, second, company]) one.end();
});

test('a restored connection loses nothing, not even what was committed late', async () => {
  const before = await follow({ centres: ['centre-1'] });
  await until(before, (seen) => seen.text().includes('event: ready'));
  const cursor = before.lastId();
  before.end();
  // The first to write commits last: its place in the order is before the others', and it must still be told.
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const late = api.tx(async (tx) => {
    await tx.run(`select pg_current_xact_id()`);
    await tx.run(
      `insert into events (company_id, centre_id, topic, account_id) values ('company-1', 'centre-1', 'late', $1)`,
      [accounts.get('centre-1')],
    );
    await held;
  });
  await happen('centre-1', 'early');
  const during = await follow({ centres: ['centre-1'] }, cursor);
  await until(during, (seen) => seen.topics().includes('early'));
  expect(during.topics()).not.toContain('late');
  const between = during.lastId();
  during.end();
  release();
  await late;
  const after = await follow({ centres: ['centre-1'] }, between);
  await until(after, (seen) => seen.topics().includes('late'));
  expect(after.topics()).toContain('late');
  after.end();
});

test('a cursor of another database, or none of ours, asks for everything to be read again', async () => {
  for (const cursor of ['99999999999999.1', 'nonsense']) {
    const one = await follow({ centres: ['centre-1'] }, cursor);
    await until(one, (seen) => seen.text().includes('event: reset'));
    expect(one.text()).toContain('event: reset');
    one.end();
  }
});

test('who asks without holding the line gets what there is', async () => {
  const token = await api.token({ roles: ['reader'], centres: ['centre-1'] });
  const start = await (await api.send('/events', { token })).text();
  const cursor = /^id: (.+)$/m.exec(start)?.[1] ?? '';
  await happen('centre-1', 'polled');
  const response = await api.send(`/events?after=${cursor}`, { token });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect(await response.text()).toContain('"topic":"polled"');
});

// After the one above: while another transaction still runs, a new cursor too stands before what this takes away.
test('whoever comes back after changes were taken away is told to read everything again', async () => {
  const token = await api.token({ roles: ['reader'], centres: ['centre-1'] });
  const start = await (await api.send('/events', { token })).text();
  const cursor = /^id: (.+)$/m.exec(start)?.[1] ?? '';
  await happen('centre-1', 'old');
  expect(await api.tx((tx) => pruneEvents(tx, 'company-1', 0))).toBe(1);
  expect(await (await api.send(`/events?after=${cursor}`, { token })).text()).toContain('event: reset');
});

test('a stream ends with its token, and nobody holds more than a dozen', async () => {
  const short = await follow({ centres: ['centre-1'], personId: 'short', livesSeconds: 2 });
  await short.ended;
  expect(short.status).toBe(200);
  const many: Followed[] = [];
  for (let n = 0; n < 12; n += 1) many.push(await follow({ centres: ['centre-1'], personId: 'greedy' }));
  const refused = await follow({ centres: ['centre-1'], personId: 'greedy' });
  await refused.ended;
  expect(refused.status).toBe(429);
  expect(refused.text()).toContain('too-many-streams');
  many[0]?.end();
  const again = await soon(
    () => follow({ centres: ['centre-1'], personId: 'greedy' }),
    ({ status }) => status === 200,
  );
  expect(again.status).toBe(200);
  for (const one of [...many, again]) one.end();
});
