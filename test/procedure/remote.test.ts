import { expect, test } from 'vitest';
import { must, person } from '../support/town/person.ts';
import { begin, pay, seen, soon, useTown, walkOn, walkTo } from '../support/town/story.ts';
import { rowsOf } from '../support/town/town.ts';
import { quiet, stopOnSite } from '../support/town/walk.ts';

const town = useTown();

test.concurrent(
  'T2.6, T3.3: a fee-control meter is switched off under a permit and on again by itself',
  async () => {
    const story = await begin(town(), 'remote-switch', { remoteSwitch: true });
    await walkOn(story);
    expect(await seen(story)).toMatchObject({
      outcome: 'stopped',
      stops: [{ classification: 'lawful', inForce: true }],
    });
    await pay(story);
    const view = await soon(
      () => seen(story),
      ({ stops }) => stops[0]?.inForce === false,
    );
    expect(view.stops).toMatchObject([{ inForce: false, missed: false }]);
  },
);

test.concurrent('T2.6: of a command nobody heard of again, the relay itself is asked', async () => {
  const story = await begin(town(), 'remote-switch-unknown', { remoteSwitch: true });
  await town().sim.meters.set(story.account.meterNo, { mode: 'unknown-done' });
  await walkOn(story);
  expect(await seen(story)).toMatchObject({ outcome: 'stopped', stops: [{ classification: 'lawful' }] });
});

test.concurrent(
  'T2.6, L3: a command nobody can ask about is followed until the relay answers; whoever paid meanwhile gets the light back',
  async () => {
    const story = await begin(town(), 'remote-switch-out-of-reach', { remoteSwitch: true });
    // Before the permit, which a remote switch takes up by itself the moment it is reached.
    await walkTo(story, 'second-notice');
    await town().sim.meters.set(story.account.meterNo, { mode: 'offline' });
    const walking = walkOn(story);
    const permits = () =>
      rowsOf<{ status: string }>(town(), 'select status from permits where case_id = $1', [story.caseId]);
    expect(await soon(permits, ([permit]) => permit !== undefined), 'the command is under way').toMatchObject(
      [{ status: 'granted' }],
    );
    await pay(story);
    expect(await permits()).toMatchObject([{ status: 'revoked' }]);
    // The command that waited for the meter is carried out after all; nobody may stay in the dark for it.
    await town().sim.meters.set(story.account.meterNo, { mode: 'obeys' });
    await walking;
    const view = await soon(
      () => seen(story),
      ({ stops }) => stops[0]?.inForce === false,
    );
    expect(view.stops).toMatchObject([{ inForce: false, missed: false }]);
    expect(await town().sim.meters.set(story.account.meterNo, {})).toMatchObject({ relay: 'closed' });
  },
);

test.concurrent(
  'T2.7: where the relay does not move, a crew goes there with a permit of its own',
  async () => {
    const story = await begin(town(), 'remote-switch-failed', { remoteSwitch: true });
    await town().sim.meters.set(story.account.meterNo, { mode: 'stuck' });
    let crews = 0;
    await walkOn(story, {
      onSite: async (turn, ticket) => {
        crews += 1;
        await stopOnSite(turn, ticket);
      },
    });
    expect(crews).toBe(1);
    expect(await seen(story)).toMatchObject({ outcome: 'stopped', stops: [{ classification: 'lawful' }] });
  },
);

test.concurrent(
  'T2.7: in doubt about the meter, the reader who served the notice is called to the site',
  async () => {
    const story = await begin(town(), 'meter-in-doubt');
    await walkOn(story, {
      onSite: async (turn, ticket) => {
        const path = `/tickets/${encodeURIComponent(ticket.ticketId)}`;
        const wrong = await turn.crew.post(`${path}/permits`, { readMeterNo: 'M-of-a-neighbour' });
        expect(wrong.status).toBe(409);
        const doubt = { readMeterNo: ticket.meterNo, inDoubt: true };
        expect((await turn.crew.post(`${path}/permits`, doubt)).status).toBe(409);
        const tasks = await must(
          person(town(), 'reader-zhang').get<{ items: { kind: string }[] }>(`/tasks?caseId=${story.caseId}`),
        );
        expect(tasks.items.map(({ kind }) => kind)).toContain('identify-meter');
        await must(turn.reader.post(`${path}/meter-identification`, { meterNo: ticket.meterNo, proofs: [] }));
        await quiet(town());
        await stopOnSite(turn, ticket);
      },
    });
    expect(await seen(story)).toMatchObject({ outcome: 'stopped', stops: [{ classification: 'lawful' }] });
  },
);
