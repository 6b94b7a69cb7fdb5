import { expect, test } from 'vitest';
import { desk } from '../support/town/facts.ts';
import { must, person } from '../support/town/person.ts';
import {
  begin,
  caseNow,
  pay,
  restoreByCrew,
  seen,
  seenRestoration,
  soon,
  useTown,
  walkToStop,
  type Story,
} from '../support/town/story.ts';
import { photo, quiet } from '../support/town/walk.ts';

const town = useTown();
const DAY_MS = 86_400_000;

/** The light comes back on proof, inside its 24 hours. */
async function comesBack(story: Story, stopId: string) {
  await quiet(town());
  const owed = await soon(
    () => seenRestoration(story, 'open'),
    (found) => found !== undefined,
  );
  await restoreByCrew(story, stopId);
  const [stop] = (await seen(story)).stops;
  const done = await seenRestoration(story, 'done');
  return {
    owed: owed?.stopId === stopId,
    hours: (Date.parse(owed?.deadlineAt ?? '') - Date.parse(owed?.causeAt ?? '')) / 3_600_000,
    inForce: stop?.inForce,
    missed: done?.missed,
  };
}
const BACK = { owed: true, hours: 24, inForce: false, missed: false };

test.concurrent('L3: paid after the stop', async () => {
  const story = await begin(town(), 'restored-paid');
  const { stopId } = await walkToStop(story);
  await pay(story);
  expect(await comesBack(story, stopId)).toEqual(BACK);
});

test.concurrent.for([
  ['L3: a payment plan after the stop', 'restored-plan', 'clerk-chen', 'plan'],
  ['L3: a guarantee after the stop', 'restored-guarantee', 'clerk-chen', 'guarantee'],
  ['L3: the order of an authority after the stop', 'restored-order', 'liaison-you', 'authority-order'],
] as const)('%s', async ([, name, by, kind]) => {
  const story = await begin(town(), name);
  const { stopId } = await walkToStop(story);
  const until = new Date(Date.parse(await caseNow(story)) + 30 * DAY_MS).toISOString();
  await desk(town(), by).setHold(story.account.accountNo, {
    kind,
    reason: '经办人登记',
    ...(kind === 'plan' ? { until } : {}),
  });
  expect(await comesBack(story, stopId)).toEqual(BACK);
});

test.concurrent('L3, L5: a dispute upheld after the stop', async () => {
  const story = await begin(town(), 'restored-dispute-upheld');
  const { stopId } = await walkToStop(story);
  const { holdId } = await desk(town(), 'clerk-xu').setHold(story.account.accountNo, {
    kind: 'dispute',
    about: 'stop',
    reason: '用户称抄表差错',
  });
  await quiet(town());
  expect(await seenRestoration(story, 'open')).toBeUndefined();
  await desk(town(), 'leader-zhao').endHold(holdId, 'dispute-upheld', '抄表差错');
  expect(await comesBack(story, stopId)).toEqual(BACK);
});

test.concurrent('L3, L11: danger to health after the stop', async () => {
  const story = await begin(town(), 'restored-danger');
  const { stopId } = await walkToStop(story);
  const answer = await desk(town(), 'clerk-xu').reportDanger(story.account.accountNo, '家中有呼吸机');
  expect(answer).toMatchObject({ restorationOwed: true });
  expect(await comesBack(story, stopId)).toEqual(BACK);
});

test.concurrent(
  'T3.4: a stop without a permit is wrongful: restored, apologised for, explained',
  async () => {
    const story = await begin(town(), 'wrongful-stop');
    const { stopId } = await walkToStop(story, {
      onSite: async (turn, { ticketId, meterNo }) => {
        await must(
          turn.crew.post(`/tickets/${encodeURIComponent(ticketId)}/executions`, {
            permitId: null,
            meterNo,
            proofs: [await photo(town())],
          }),
        );
      },
    });
    expect((await seen(story)).stops).toMatchObject([{ classification: 'wrongful' }]);
    const head = desk(town(), 'head-qian');
    const incident = (await head.incidents('open')).find((one) => one.stopId === stopId);
    expect(incident).toMatchObject({ kind: 'wrongful-stop', stopInForce: true });
    const id = incident?.incidentId ?? '';
    await expect(head.updateIncident(id, { cause: '未申请许可', close: true })).rejects.toThrow('409');
    expect(await comesBack(story, stopId)).toEqual(BACK);
    await head.updateIncident(id, { apologised: true, compensationFen: 10_000, cause: '未申请许可' });
    const closed = await head.updateIncident(id, { close: true });
    expect(closed.closedAt).not.toBeNull();
  },
);

test.concurrent(
  'T2.6, T3.4: paid before the stop and recorded after it is a race: restored first',
  async () => {
    const story = await begin(town(), 'race');
    const before: string[] = [];
    const { stopId } = await walkToStop(story, {
      before: async (turn) => {
        if (turn.stage === 'permit') before.push(await caseNow(story));
      },
    });
    await pay(story, { occurredAt: before.at(-1) ?? '' });
    expect((await seen(story)).stops).toMatchObject([{ classification: 'race' }]);
    expect(await comesBack(story, stopId)).toEqual(BACK);
  },
);

test.concurrent('L3: supply that nobody proved is not restored', async () => {
  const story = await begin(town(), 'restored-without-proof');
  const { stopId } = await walkToStop(story);
  await pay(story);
  const answer = await person(town(), 'crew-wu').post(`/stops/${encodeURIComponent(stopId)}/restored`, {
    proof: { kind: 'switch', relayClosed: true },
  });
  expect(answer.status).toBe(422);
  expect(await comesBack(story, stopId)).toEqual(BACK);
});
