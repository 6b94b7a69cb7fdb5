import { createServer } from 'node:http';
import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';
import { wholeCompany } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import { caseWorkflowId, PRIORITY, restoreWorkflowId } from '../../workflows/messages.ts';
import { newAccount } from '../support/town/account.ts';
import {
  begin,
  pay,
  restoreByCrew,
  seen,
  soon,
  useTown,
  walkTo,
  walkToStop,
  type Story,
} from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { quiet } from '../support/town/walk.ts';

const town = useTown();
const rows = <R>(sql: string, values: unknown[]) => rowsOf<R>(town(), sql, values);
const isDispatched = (stopId: string) =>
  soon(
    () => rows(`select 1 from tickets where stop_id = $1 and status = 'dispatched'`, [stopId]),
    (found) => found.length === 1,
  );

/** Priority of each activity that a workflow has scheduled, by name. */
async function prioritiesOf(workflowId: string): Promise<Map<string, Set<number>>> {
  const history = await town().temporal.workflow.getHandle(workflowId).fetchHistory();
  const found = new Map<string, Set<number>>();
  for (const event of history.events ?? []) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    const name = scheduled?.activityType?.name;
    if (typeof name !== 'string') continue;
    found.set(name, (found.get(name) ?? new Set()).add(Number(scheduled?.priority?.priorityKey ?? 0)));
  }
  return found;
}

/** Customers in the dark, one for each test, who walked there side by side. */
const inTheDark = new Map<string, { story: Story; stopId: string }>();
const darkOf = (name: string) => {
  const found = inTheDark.get(name);
  if (found === undefined) throw new Error(`${name} is not in the dark`);
  return found;
};
beforeAll(async () => {
  const names = ['priorities', 'carrier-away-dark', 'billing-away-dark', 'flood-dark', 'lanes-dark'];
  await Promise.all(
    names.map(async (name) => {
      const story = await begin(town(), name, { agreedChannel: 'sms' });
      inTheDark.set(name, { story, ...(await walkToStop(story)) });
    }),
  );
}, 240_000);

test('the light that comes back goes before the stop, the stop before reminders', async () => {
  const { story, stopId } = darkOf('priorities');
  await pay(story);
  await isDispatched(stopId);
  await restoreByCrew(story, stopId);
  const inCase = await prioritiesOf(caseWorkflowId(story.account.accountId));
  const { restoration, stop, reminder } = PRIORITY;
  expect(inCase.get('remind')).toEqual(new Set([reminder.priorityKey]));
  expect(inCase.get('sendMessage')).toContain(stop.priorityKey);
  expect(inCase.get('sendTicket')).toEqual(new Set([stop.priorityKey]));
  const back = await prioritiesOf(restoreWorkflowId(stopId));
  expect(new Set([...back.values()].flatMap((keys) => [...keys]))).toEqual(
    new Set([restoration.priorityKey]),
  );
  expect(restoration.priorityKey).toBeLessThan(stop.priorityKey);
  expect(stop.priorityKey).toBeLessThan(reminder.priorityKey);
});

test('a carrier that asks to wait, or says nothing, loses no message and doubles none; restorations do not wait for it', async () => {
  const { story: dark, stopId } = darkOf('carrier-away-dark');
  const waiting = await Promise.all(
    Array.from({ length: 6 }, (_, n) => begin(town(), `carrier-away-${n}`, { agreedChannel: 'sms' })),
  );
  const { id: asks } = await town().sim.faults.add({ system: 'carrier', fault: '429', delayMs: 2_000 });
  const walking = Promise.all(waiting.map((story) => walkTo(story, 'yellow-service')));
  await soon(
    () => rows<{ n: number }>(`select count(*)::int as n from messages where status = 'sending'`, []),
    ([found]) => (found?.n ?? 0) >= 3,
  );
  // While nobody is reached, somebody pays: the crew is on its way all the same.
  await pay(dark);
  expect(await isDispatched(stopId)).toHaveLength(1);
  await town().sim.faults.add({ system: 'carrier', fault: 'time-out', delayMs: 300, times: 5 });
  await town().sim.faults.remove(asks);
  await walking;
  for (const story of waiting) {
    expect(await seen(story)).toMatchObject({ status: 'open', stage: 'yellow-service' });
    expect(await town().sim.books.messages(story.account.phone)).toHaveLength(1);
  }
  await restoreByCrew(dark, stopId);
});

test('billing that says nothing holds up nobody in the dark and loses no case', async () => {
  const { story: dark, stopId } = darkOf('billing-away-dark');
  const { id } = await town().sim.faults.add({
    system: 'billing',
    fault: 'time-out',
    delayMs: 500,
    match: { path: '/accounts' },
  });
  const waiting = await Promise.all(
    Array.from({ length: 6 }, (_, n) => begin(town(), `billing-away-${n}`, { agreedChannel: 'sms' })),
  );
  await pay(dark);
  expect(await isDispatched(stopId)).toHaveLength(1);
  // Nobody is reminded of what may be paid already (T2.6).
  for (const story of waiting) expect(await town().sim.books.messages(story.account.phone)).toEqual([]);
  await town().sim.faults.remove(id);
  await Promise.all(waiting.map((story) => walkTo(story, 'yellow-service')));
  for (const story of waiting) expect(await town().sim.books.messages(story.account.phone)).toHaveLength(1);
  await restoreByCrew(dark, stopId);
});

test('many payments at once: each is stored once, and who is in the dark does not stand behind the others', async () => {
  const many = 60;
  const { story: dark, stopId } = darkOf('flood-dark');
  const accounts = [];
  for (let n = 0; n < many; n += 1) accounts.push(await newAccount(town()));
  await Promise.all([
    ...accounts.map(({ accountNo }) => town().sim.pay({ accountNo })),
    pay(dark),
    ...accounts.slice(0, 20).map(async ({ accountNo }) => {
      const { paymentId } = await town()
        .sim.pay({ accountNo, amount: 'half' })
        .catch(() => ({ paymentId: '' }));
      return paymentId;
    }),
  ]);
  expect(await isDispatched(stopId)).toHaveLength(1);
  await quiet(town());
  const stored = await rows<{ accounts: number; doubled: number }>(
    `select count(distinct account_id)::int as accounts,
            (count(*) - count(distinct (payment_id, status)))::int as doubled
       from payments where account_id = any ($1)`,
    [accounts.map(({ accountId }) => accountId)],
  );
  expect(stored).toEqual([{ accounts: many, doubled: 0 }]);
  await restoreByCrew(dark, stopId);
});

test('subscribers and crews that hang hold up nobody else: each kind has its lane', async () => {
  const hanging = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(hanging, 'listening');
  const address = hanging.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  const { story: dark, stopId } = darkOf('lanes-dark');
  await town().sim.faults.add({ system: 'field-work', fault: 'time-out', match: { path: 'stand-down' } });
  await town().db.tx(wholeCompany(COMPANY), async (tx) => {
    await tx.run(
      `insert into webhook_subscriptions (subscription_id, company_id, url, secret_enc, events) values ('hangs', $1, $2, $3, '{none}')`,
      [COMPANY, url, town().vault.seal('secret')],
    );
    // More than all lanes together can carry at once, all older than what follows.
    for (let n = 0; n < 40; n += 1) {
      await putOutbox(tx, COMPANY, {
        kind: 'webhook',
        key: `hanging/${n}`,
        payload: {
          event: 'none',
          caseId: null,
          accountId: dark.account.accountId,
          occurredAt: new Date().toISOString(),
          data: {},
          to: 'hangs',
        },
      });
      const ticketId = `hanging/${n}`;
      await tx.run(
        `insert into tickets (ticket_id, company_id, centre_id, account_id, kind, attempt, status, raised_by, meter_no, form_enc,
                              planned_from, planned_to, occurred_at)
         values ($1, $2, 'centre-1', $3, 'stop', $4, 'recalled', 'test', 'M', '', now(), now(), now())`,
        [ticketId, COMPANY, dark.account.accountId, n + 1],
      );
      await putOutbox(tx, COMPANY, {
        kind: 'stand-down',
        key: `stand-down/${ticketId}`,
        payload: { ticketId, reason: 'test' },
      });
    }
  });
  const isHanging = await soon(
    () =>
      rows<{ n: number }>(`select count(*)::int as n from outbox where attempts > 0 and done_at is null`, []),
    ([found]) => (found?.n ?? 0) >= 32,
  );
  expect(isHanging[0]?.n).toBeGreaterThanOrEqual(32);
  await town().sim.pay({ accountNo: dark.account.accountNo });
  // Calls to hanging receivers end after eight seconds at the earliest: none of them has by now.
  expect(await isDispatched(stopId)).toHaveLength(1);
  const behind = await rows<{ n: number }>(
    `select count(*)::int as n from outbox where done_at is null and outbox_key like '%hanging/%'`,
    [],
  );
  expect(behind).toEqual([{ n: 80 }]);
  await town().sim.faults.remove();
  await town().db.tx(wholeCompany(COMPANY), (tx) =>
    tx.run(`update webhook_subscriptions set ended_at = now() where subscription_id = 'hangs'`),
  );
  hanging.closeAllConnections();
  hanging.close();
});
