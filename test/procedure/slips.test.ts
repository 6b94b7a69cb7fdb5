import { expect, test } from 'vitest';
import { advanceCaseClock } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
import { must } from '../support/town/person.ts';
import { begin, seen, useTown, walkOn, walkTo, type Seen } from '../support/town/story.ts';
import { COMPANY } from '../support/town/town.ts';
import { photo, serveWithSignature, stopOnSite, type Turn } from '../support/town/walk.ts';

const town = useTown();

/** The first attempt fails by `reason`; the second one has its own day, approval and red notice, under the same yellow one. */
function twoAttempts(view: Seen) {
  const of = (kind: string) => view.notices.filter((notice) => notice.kind === kind);
  return {
    reasons: view.plans.map(({ slipReason }) => slipReason),
    days: new Set(view.plans.flatMap(({ stopAt }) => stopAt ?? [])).size,
    approvals: view.approvals.map(({ attempt, status }) => `${attempt} ${status}`),
    yellow: of('yellow').map(({ attempt, status }) => `${attempt} ${status}`),
    red: of('red').map(({ attempt, status }) => `${attempt} ${status}`),
    outcome: view.outcome,
  };
}
const isFirst = (turn: Turn) => turn.at.whereabouts.attempt === 1;

test.concurrent(
  'L2.pre, L2.ntc: a crew that comes too late does not stop; day, approval and red notice are new',
  async () => {
    const story = await begin(town(), 'interval-missed');
    await walkOn(story, {
      onSite: async (turn, ticket) => {
        if (!isFirst(turn)) await stopOnSite(turn, ticket);
      },
    });
    const view = await seen(story);
    expect(twoAttempts(view)).toEqual({
      reasons: ['interval-missed', null],
      days: 2,
      approvals: ['1 void', '2 approved'],
      yellow: ['1 served'],
      red: ['1 stale', '2 served'],
      outcome: 'stopped',
    });
    expect(view.stops).toMatchObject([{ classification: 'lawful' }]);
  },
);

test.concurrent('T2.2: a red notice served on none of its days means a new plan', async () => {
  const story = await begin(town(), 'red-not-served');
  await walkOn(story, {
    serve: async (turn, task) => {
      if (task.kind !== 'serve-red' || !isFirst(turn)) return serveWithSignature(turn, task);
      await must(
        turn.reader.post(`/notices/${encodeURIComponent(task.ref)}/services`, {
          method: 'not-served',
          circumstances: '家中无人',
        }),
      );
    },
  });
  expect(twoAttempts(await seen(story))).toEqual({
    reasons: ['red-not-served', null],
    days: 1,
    approvals: ['1 void', '2 approved'],
    yellow: ['1 served'],
    red: ['1 stale', '2 served'],
    outcome: 'stopped',
  });
});

test.concurrent(
  'T2.7: a crew that cannot stop says why, and does not try again on the same day',
  async () => {
    const story = await begin(town(), 'not-done-on-site');
    await walkOn(story, {
      onSite: async (turn, ticket) => {
        if (!isFirst(turn)) return stopOnSite(turn, ticket);
        await must(
          turn.crew.post(`/tickets/${encodeURIComponent(ticket.ticketId)}/not-done`, { reason: 'no-access' }),
        );
      },
    });
    const view = await seen(story);
    expect(twoAttempts(view)).toMatchObject({
      reasons: ['not-done-on-site', null],
      days: 2,
      outcome: 'stopped',
    });
    expect(view.tickets).toMatchObject([{ status: 'not-done' }, { status: 'done' }]);
  },
);

test.concurrent('T2.6: billing that does not answer before the stop is no permission', async () => {
  const story = await begin(town(), 'billing-out-of-reach');
  await walkTo(story, 'ticket');
  await town().sim.faults.add({
    system: 'billing',
    fault: 'wrong-answer',
    match: { accountNo: story.account.accountNo },
    answer: { status: 404, body: { code: 'unknown-account' } },
    times: 1,
  });
  await walkOn(story);
  expect(twoAttempts(await seen(story))).toMatchObject({
    reasons: ['billing-unreachable', null],
    red: ['1 stale', '2 served'],
    outcome: 'stopped',
  });
});

test.concurrent('T3.4: clocks of two machines that differ by a moment make no stop wrongful', async () => {
  const story = await begin(town(), 'stopped-by-a-slow-clock');
  await walkOn(story, {
    onSite: async (turn, { ticketId, meterNo }) => {
      const path = `/tickets/${encodeURIComponent(ticketId)}`;
      const permit = await must(
        turn.crew.post<{ permitId: string }>(`${path}/permits`, { readMeterNo: meterNo }),
      );
      await town().db.tx(wholeCompany(COMPANY), (tx) =>
        advanceCaseClock(tx, COMPANY, story.account.accountId, -500),
      );
      await must(
        turn.crew.post(`${path}/executions`, {
          permitId: permit.permitId,
          meterNo,
          proofs: [await photo(town())],
        }),
      );
    },
  });
  expect((await seen(story)).stops).toMatchObject([{ classification: 'lawful' }]);
});
