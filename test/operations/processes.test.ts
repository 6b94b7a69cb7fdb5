import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { checkSchema } from '../../db/check-schema.ts';
import { wholeCompany } from '../../db/database.ts';
import { operationsScheduleId } from '../../worker/schedules.ts';
import { readAlerts } from '../support/alerts.ts';
import { newAccount } from '../support/town/account.ts';
import { begin, pay, seen, soon, useTown, walkTo, walkToStop, type Story } from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { strike } from './support/look.ts';
import { programsOf } from './support/processes.ts';

const town = useTown({ worker: false });
const programs = programsOf(town);
afterAll(() => programs.close());

const namesIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/^(\w+)(?:\{| )/gm)].map(([, name = '']) => name));
const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

test('every figure that an alert names is told by worker or API, and none tells of a person', async () => {
  const worker = await programs.start('worker');
  const api = await programs.start('api');
  const story = await begin(town(), 'figures');
  await walkToStop(story);
  await pay(story);
  await soon(
    () => rowsOf(town(), 'select 1 from restorations where account_id = $1', [story.account.accountId]),
    (rows) => rows.length === 1,
  );
  await strike(town(), operationsScheduleId(COMPANY), 'operations-watch');
  await fetch(`${api.url}/no-such-route`);
  const text = `${await textOf(`${worker.url}/metrics`)}\n${await textOf(`${api.url}/metrics`)}`;
  const told = namesIn(text);
  const named = [...new Set(readAlerts().flatMap(({ metrics }) => metrics))];
  expect(named.length).toBeGreaterThan(15);
  // `up` is Prometheus' own; a failure that has not happened yet has a help line and no number.
  const missing = named.filter(
    (name) => name !== 'up' && !told.has(name) && !text.includes(`# HELP ${name} `),
  );
  expect(missing).toEqual([]);
  expect(text).toMatch(/^fudian_restorations_open\{state="in-time"\} 1$/m);
  expect(text).toMatch(/^fudian_stops_in_force\{classification="lawful"\} 1$/m);
  expect(text).toMatch(/^fudian_books_readable 1$/m);
  expect(text).toMatch(
    /^fudian_system_calls_total\{system="billing",operation="readAccountNow",outcome="ok"\} \d+$/m,
  );
  for (const secret of [
    story.account.accountNo,
    story.account.accountId,
    story.account.phone,
    story.caseId,
    '张三',
  ])
    expect(text).not.toContain(secret);
  const labels = new Set([...text.matchAll(/^fudian_\w+\{([^}]*)\}/gm)].map(([, label = '']) => label));
  expect(labels.size).toBeLessThan(400);
  await worker.stop();
  await api.stop();
});

test('72: a worker that is told to end ends its steps; the next one takes over and nothing is done twice', async () => {
  const first = await programs.start('worker');
  const stories: Story[] = [];
  for (let n = 0; n < 4; n += 1) stories.push(await begin(town(), `rolling-${n}`, { agreedChannel: 'sms' }));
  // The carrier takes its time, so that the order to end comes in the middle of a step.
  await town().sim.faults.add({ system: 'carrier', fault: '429', delayMs: 1_000, times: 3 });
  const walking = Promise.all(stories.map((story) => walkTo(story, 'yellow-service')));
  await sleep(1_500);
  const second = await programs.start('worker');
  const stopped = first.stop();
  await stopped;
  expect(first.ended()).toBe('exit code 0');
  expect(first.log()).toContain('worker has ended');
  await walking;
  for (const story of stories) {
    const view = await seen(story);
    expect(view.plans.map(({ slipReason }) => slipReason)).toEqual([null]);
    expect(view).toMatchObject({ status: 'open', stage: 'yellow-service', attempt: 1 });
    const sent = await town().sim.books.messages(story.account.phone);
    expect(sent).toHaveLength(1);
  }
  expect(await textOf(`${second.url}/ready`)).toContain('ok');
  await second.stop();
});

test('an API that is told to end answers what is under way and takes nothing new', async () => {
  const api = await programs.start('api');
  const account = await newAccount(town());
  // Somebody holds the account: the payment waits for its lock.
  const held = Promise.withResolvers<void>();
  const holding = town().db.tx(wholeCompany(COMPANY), async (tx) => {
    await tx.run('select 1 from accounts where account_id = $1 for update', [account.accountId]);
    await held.promise;
  });
  await sleep(100);
  const token = await town().sim.token('clerk-chen');
  const under = fetch(`${api.url}/accounts/${account.accountNo}/holds`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'held-request-1',
    },
    body: JSON.stringify({ kind: 'dispute', about: 'billing', reason: '电费有误' }),
  });
  await sleep(500);
  const ended = api.stop();
  await sleep(300);
  await expect(fetch(`${api.url}/health`)).rejects.toThrow('fetch failed');
  held.resolve();
  await holding;
  expect((await under).status).toBeLessThan(300);
  await ended;
  expect(api.ended()).toBe('exit code 0');
  expect(await rowsOf(town(), 'select kind from holds where account_id = $1', [account.accountId])).toEqual([
    { kind: 'dispute' },
  ]);
});

test('code and schema: behind refuses to start, ahead works until it needs newer code', async () => {
  const url = town().settings.DATABASE_URL;
  await expect(checkSchema(url)).resolves.toBeUndefined();
  await expect(checkSchema(url, ['0001_foundation', '9999_of-tomorrow'])).rejects.toThrow(
    /lacks 9999_of-tomorrow: run `node tools\/prepare\.ts`/,
  );
  // A version that ended at 19 meets today's schema, and that one ended before what the schema needs.
  await expect(checkSchema(url, ['0001_foundation', '0019_reconciliations'])).resolves.toBeUndefined();
  await expect(checkSchema(url, ['0001_foundation'])).rejects.toThrow(/needs 18, this version ends at 1/);
  const broken = await programs.startBroken('worker', {
    DATABASE_URL: url.replace(/\/test_\w+/, '/postgres'),
  });
  expect(broken.exit).toBe('exit code 1');
});
