import { expect, test } from 'vitest';
import { watchScheduleId } from '../../worker/schedules.ts';
import { must, person } from '../support/town/person.ts';
import {
  begin,
  pay,
  restoreByCrew,
  seen,
  seenRestoration,
  seenStoodDown,
  soon,
  useTown,
  walkOn,
  walkTo,
  walkToStop,
  why,
} from '../support/town/story.ts';
import { COMPANY } from '../support/town/town.ts';
import { launch, quiet } from '../support/town/walk.ts';

const town = useTown();

test.concurrent(
  'T2.6: a payment that bounces before the stop means a new day and a new red notice',
  async () => {
    const story = await begin(town(), 'bounced-before-the-stop');
    await walkTo(story, 'notice-period');
    const { paymentId } = await pay(story, { amount: 'half' });
    await walkTo(story, 'approval');
    await town().sim.reverse(paymentId);
    await quiet(town());
    await walkOn(story);
    const view = await seen(story);
    expect(view).toMatchObject({ outcome: 'stopped', attempt: 3 });
    expect(view.plans).toMatchObject([
      { namedPrincipalFen: 23_456, slipReason: 'hold:part-payment' },
      { namedPrincipalFen: 11_728 },
      { namedPrincipalFen: 23_456, slipReason: null },
    ]);
    expect(view.plans[1]?.slipReason).toMatch(/^(payment-reversed|principal-grown)$/);
    expect(view.approvals.map(({ status }) => status)).toEqual(['void', 'void', 'approved']);
  },
);

test.concurrent(
  'L3: money that bounces after the light is back starts from approval and red notice anew',
  async () => {
    const story = await begin(town(), 'bounced-after-restoration');
    const { stopId } = await walkToStop(story);
    const { paymentId } = await pay(story);
    await restoreByCrew(story, stopId);
    expect(await seenRestoration(story, 'done')).toMatchObject({ missed: false });
    await town().sim.reverse(paymentId);
    await quiet(town());
    expect((await seen(story)).stops).toMatchObject([{ inForce: false }]);
    const again = { ...story, caseId: await launch(town(), story.account) };
    await walkOn(again);
    const view = await seen(again);
    expect(view.approvals).toMatchObject([{ attempt: 1, status: 'approved' }]);
    expect(view.notices.filter(({ kind }) => kind === 'red')).toMatchObject([{ status: 'served' }]);
    expect(view.stops).toMatchObject([{ classification: 'lawful', inForce: true }]);
  },
);

test.concurrent(
  'T2.6: money that billing has not posted yet recalls the crew; nothing is stopped',
  async () => {
    const story = await begin(town(), 'money-in-flight');
    await walkTo(story, 'ticket');
    const { paymentId } = await pay(story, { as: 'in-flight' });
    await walkOn(story, {}, 3);
    const view = await seenStoodDown(story);
    expect(view).toMatchObject({
      outcome: null,
      stage: 'held',
      tickets: [{ status: 'recall-acknowledged' }],
    });
    expect(view.plans).toMatchObject([{ status: 'slipped', slipReason: 'hold:money-in-flight' }]);
    await town().sim.postInFlight(paymentId);
    await quiet(town());
    await walkOn(story);
    expect(await seen(story)).toMatchObject({ outcome: 'paid', stops: [] });
    expect(await why(story)).toMatchObject({ inCollection: false });
  },
);

// Not beside the others: the watch looks at everybody, and would find what the hotline is about to find.
test('T3.2: what a lost webhook missed is found by the daily watch', async () => {
  const story = await begin(town(), 'lost-webhook');
  const { stopId } = await walkToStop(story);
  await pay(story, { webhook: 'lost' });
  expect(await seenRestoration(story, 'open')).toBeUndefined();
  await town().temporal.schedule.getHandle(watchScheduleId(COMPANY)).trigger();
  const owed = await soon(
    () => seenRestoration(story, 'open'),
    (found) => found !== undefined,
  );
  expect(owed).toMatchObject({ stopId, missed: false });
  await restoreByCrew(story, stopId);
  expect(await seenRestoration(story, 'done')).toMatchObject({ missed: false, status: 'restored' });
  expect(await why(story)).toMatchObject({ inCollection: false });
});

test.concurrent('T3.1: the hotline looks in billing and starts the restoration at once', async () => {
  const story = await begin(town(), 'hotline');
  const { stopId } = await walkToStop(story);
  await pay(story, { webhook: 'lost' });
  const clerk = person(town(), 'clerk-xu');
  const checked = await must(clerk.post(`/accounts/${story.account.accountNo}/payment-check`));
  expect(checked).toEqual({ unseenPayments: 1, restorationOwed: true });
  const again = await must(clerk.post(`/accounts/${story.account.accountNo}/payment-check`));
  expect(again).toEqual({ unseenPayments: 0, restorationOwed: true });
  await quiet(town());
  await restoreByCrew(story, stopId);
  expect(await seenRestoration(story, 'done')).toMatchObject({ missed: false });
});

test.concurrent('L3: a webhook that comes twice is one payment and one restoration', async () => {
  const story = await begin(town(), 'duplicate-webhook');
  const { stopId } = await walkToStop(story);
  await town().sim.faults.add({
    system: 'billing',
    fault: 'duplicate-webhook',
    match: { accountNo: story.account.accountNo },
  });
  await pay(story);
  const { payments } = await must(
    person(town(), 'leader-zhao').get<{ payments: unknown[] }>(`/accounts/${story.account.accountNo}`),
  );
  expect(payments).toHaveLength(1);
  const { items } = await must(
    person(town(), 'crew-wu').get<{ items: { stopId: string }[] }>('/tickets?kind=restore&limit=200'),
  );
  expect(items.filter((ticket) => ticket.stopId === stopId)).toHaveLength(1);
  const orders = await soon(
    async () =>
      (await town().sim.books.orders()).filter(({ order }) => order.ticketId === `restore-ticket/${stopId}`),
    (found) => found.length > 0,
  );
  expect(orders).toHaveLength(1);
  await restoreByCrew(story, stopId);
  expect(await seenRestoration(story, 'done')).toMatchObject({ missed: false });
});
