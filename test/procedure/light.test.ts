import { expect, test } from 'vitest';
import { must, person } from '../support/town/person.ts';
import {
  begin,
  pay,
  restoreByCrew,
  seen,
  seenRestoration,
  soon,
  useTown,
  walkToStop,
} from '../support/town/story.ts';
import { quiet } from '../support/town/walk.ts';

const town = useTown();

interface RestoreTicket {
  stopId: string;
  status: string;
}
const crewsTickets = async (stopId: string): Promise<RestoreTicket[]> =>
  (
    await must(person(town(), 'crew-wu').get<{ items: RestoreTicket[] }>('/tickets?kind=restore&limit=100'))
  ).items.filter((ticket) => ticket.stopId === stopId);

test('T3.3: the customer is asked whether it is safe, and pressing 1 says so', async () => {
  const story = await begin(town(), 'safety-confirmed');
  const { stopId } = await walkToStop(story);
  await pay(story);
  const restoration = await soon(
    () => seenRestoration(story, 'open'),
    (found) => (found?.safetyConfirmedAt ?? null) !== null,
  );
  expect(restoration?.safetyConfirmedAt).not.toBeNull();
  await restoreByCrew(story, stopId);
  expect((await seen(story)).stops).toMatchObject([{ inForce: false, missed: false }]);
});

test('T3.3: a customer who cannot be reached blocks neither crew nor clock', async () => {
  const story = await begin(town(), 'safety-unanswered');
  const { stopId } = await walkToStop(story);
  await town().sim.phone({ phone: story.account.phone, call: ['no-answer'] });
  await pay(story);
  await soon(
    () => crewsTickets(stopId),
    (tickets) => tickets.some(({ status }) => status === 'dispatched'),
  );
  expect(await crewsTickets(stopId)).toMatchObject([{ status: 'dispatched' }]);
  expect(await seenRestoration(story, 'open')).toMatchObject({ safetyConfirmedAt: null });
  await restoreByCrew(story, stopId);
  expect(await seenRestoration(story, 'done')).toMatchObject({ status: 'restored', missed: false });
});

test('T3.3: a meter that does not switch on again is no end: a crew goes there', async () => {
  const story = await begin(town(), 'relay-stuck-open', { remoteSwitch: true });
  const { stopId } = await walkToStop(story);
  await town().sim.meters.set(story.account.meterNo, { mode: 'stuck' });
  await pay(story);
  await soon(
    () => crewsTickets(stopId),
    (tickets) => tickets.some(({ status }) => status === 'dispatched'),
  );
  expect(await crewsTickets(stopId)).toMatchObject([{ status: 'dispatched' }]);
  expect((await seen(story)).stops).toMatchObject([{ inForce: true }]);
  await restoreByCrew(story, stopId);
  await quiet(town());
  expect((await seen(story)).stops).toMatchObject([{ inForce: false, missed: false }]);
});
