import { expect, test } from 'vitest';
import { must, person } from '../support/town/person.ts';
import {
  begin,
  pay,
  seen,
  seenStoodDown,
  useTown,
  walkOn,
  walkTo,
  why,
  type Story,
} from '../support/town/story.ts';

const town = useTown();

/** Whoever paid is left in peace: nothing stopped, nothing owed, nobody on the way. */
async function whatIsLeft(story: Story) {
  const view = await seen(story);
  const { bills } = await town().sim.accountNow(story.account.accountNo);
  const tasks = await must(
    person(town(), 'reader-zhang').get<{ items: unknown[] }>(`/tasks?caseId=${story.caseId}`),
  );
  return {
    outcome: view.outcome,
    stage: view.stage,
    stops: view.stops,
    crewsOnTheWay: view.tickets.filter(({ status }) => status !== 'recall-acknowledged'),
    approvalsAskedFor: view.approvals.filter(({ status }) => status === 'pending'),
    stopAllowed: view.allowedActions.find(({ action }) => action === 'stop')?.allowed,
    inCollection: (await why(story)).inCollection,
    openFen: bills.reduce((sum, bill) => sum + bill.principalFen - bill.paidFen, 0),
    tasks: tasks.items,
  };
}
const PEACE = {
  outcome: 'paid',
  stage: 'closed',
  stops: [],
  crewsOnTheWay: [],
  approvalsAskedFor: [],
  stopAllowed: false,
  inCollection: false,
  openFen: 0,
  tasks: [],
};

test.concurrent('T2.8: paid before the first dunning, which is never sent', async () => {
  const story = await begin(town(), 'paid-before-first-dunning', { agreedChannel: 'sms' });
  await pay(story);
  await walkOn(story);
  expect(await whatIsLeft(story)).toEqual(PEACE);
});

test.concurrent.for([
  ['T2.8: paid after the first dunning', 'paid-after-first-dunning', 'first-dunning'],
  ['T2.8: paid after the yellow notice', 'paid-after-yellow', 'yellow-period'],
  ['T2.8: paid while the approval waits', 'paid-while-approval-waits', 'approval'],
  ['T2.8: paid after the red notice', 'paid-after-red', 'notice-period'],
  ['T2.8: paid after the ticket', 'paid-after-ticket', 'ticket'],
  ['T2.6: paid after the call', 'paid-after-call', 'second-notice'],
] as const)('%s', async ([, name, stage]) => {
  const story = await begin(town(), name);
  await walkTo(story, stage);
  await pay(story);
  await walkOn(story);
  expect(await whatIsLeft(story)).toEqual(PEACE);
});

test.concurrent(
  'T1.2, T2.6: paid while the crew drives, which is told and says that it has understood',
  async () => {
    const story = await begin(town(), 'paid-while-crew-drives');
    await walkTo(story, 'permit');
    const [ticket] = (await seen(story)).tickets;
    await town().sim.crew.move(ticket?.ticketId ?? '', 'accepted');
    await pay(story);
    await walkOn(story);
    const { tickets } = await seenStoodDown(story);
    expect(tickets).toMatchObject([{ ticketId: ticket?.ticketId, status: 'recall-acknowledged' }]);
    expect(await whatIsLeft(story)).toEqual(PEACE);
    const orders = await town().sim.books.orders('recall-acknowledged');
    expect(orders.find(({ order }) => order.ticketId === ticket?.ticketId)).toMatchObject({
      standDownReason: 'payment',
    });
  },
);

test.concurrent(
  'T1.2: a crew out of reach is told again until its device is back, and says so itself',
  async () => {
    const story = await begin(town(), 'paid-while-crew-is-out-of-reach');
    await walkTo(story, 'permit');
    const [ticket] = (await seen(story)).tickets;
    const ticketId = ticket?.ticketId ?? '';
    await town().sim.crew.device('device-offline', ticketId);
    await pay(story);
    await walkOn(story);
    expect((await seen(story)).tickets).toMatchObject([{ status: 'recalled' }]);
    const crew = person(town(), 'crew-wu');
    const refused = await crew.post(`/tickets/${encodeURIComponent(ticketId)}/permits`, {
      readMeterNo: story.account.meterNo,
    });
    expect(refused.status).toBe(409);
    await must(crew.post(`/tickets/${encodeURIComponent(ticketId)}/stand-down-acknowledgement`));
    expect(await whatIsLeft(story)).toEqual(PEACE);
  },
);

test.concurrent('T2.6: at the permit the live check finds money of which no word had come', async () => {
  const story = await begin(town(), 'paid-at-the-permit');
  let refusal: Record<string, unknown> = {};
  await walkOn(story, {
    onSite: async (turn, ticket) => {
      await pay(story, { webhook: 'lost' });
      const answer = await turn.crew.post(`/tickets/${encodeURIComponent(ticket.ticketId)}/permits`, {
        readMeterNo: story.account.meterNo,
      });
      expect(answer.status).toBe(409);
      refusal = answer.body;
    },
  });
  expect(refusal).toMatchObject({ reasons: [{ code: 'case-paid', clause: 'T2.6' }] });
  await seenStoodDown(story);
  expect(await whatIsLeft(story)).toEqual(PEACE);
});
