import { expect, test } from 'vitest';
import { advanceCaseClock } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
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
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { quiet, walkRestoration } from '../support/town/walk.ts';

const town = useTown();
const HOUR_MS = 3_600_000;

test('T3.3: a late restoration climbs at 2, 8 and 20 hours; the miss is explained to customer and leader', async () => {
  const story = await begin(town(), 'late-restoration');
  const { stopId } = await walkToStop(story);
  await pay(story);
  const rungs = () =>
    rowsOf<{ rung: number; role: string }>(
      town(),
      `select rung, to_role as role from escalations where subject = 'restoration' and subject_id = $1 order by rung`,
      [stopId],
    );
  await walkRestoration(town(), story.account, stopId, 3 * HOUR_MS);
  expect(await rungs()).toHaveLength(1);
  await walkRestoration(town(), story.account, stopId, 18 * HOUR_MS);
  expect(await rungs()).toHaveLength(3);
  expect(new Set((await rungs()).map(({ role }) => role)).size).toBe(3);
  expect(await seenRestoration(story, 'open')).toMatchObject({ missed: false });
  await walkRestoration(town(), story.account, stopId, 4 * HOUR_MS);
  expect(await seenRestoration(story, 'open')).toMatchObject({ missed: true });
  await quiet(town());
  const texts = (await town().sim.books.messages(story.account.phone)).map(({ text }) => text);
  expect(texts.filter((text) => text.includes('未能在 24 小时内恢复供电'))).toHaveLength(1);

  const owes = async () => {
    const { items } = await must(
      person(town(), 'head-qian').get<{ items: { kind: string; ref: string }[] }>('/tasks?limit=100'),
    );
    return items.filter(({ ref }) => ref === stopId).map(({ kind }) => kind);
  };
  const explain = (told: { toldCustomer: boolean; toldLeader: boolean }) =>
    must(
      person(town(), 'head-qian').post(`/stops/${encodeURIComponent(stopId)}/miss-explanation`, {
        reason: '暴雨道路中断',
        ...told,
      }),
    );
  expect(await owes()).toContain('explain-miss');
  await explain({ toldCustomer: true, toldLeader: false });
  // Half told is not explained.
  expect(await owes()).toContain('explain-miss');
  await explain({ toldCustomer: false, toldLeader: true });
  expect(await owes()).not.toContain('explain-miss');
  await restoreByCrew(story, stopId);
  expect(await seenRestoration(story, 'done')).toMatchObject({ missed: true, status: 'restored' });
  const actions = (await seen(story)).past.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['supply.stopped', 'restoration.owed', 'supply.restored']));
});

test('L3: a payment made before the guarantee that brings the light back, and told after it, moves ladder and deadline forward', async () => {
  const story = await begin(town(), 'earlier-cause');
  const { stopId } = await walkToStop(story);
  const stoppedAtMs = Date.parse((await seen(story)).stops[0]?.occurredAt ?? '');
  const { accountId, accountNo } = story.account;
  await town().db.tx(wholeCompany(COMPANY), (tx) => advanceCaseClock(tx, COMPANY, accountId, 20 * HOUR_MS));
  await must(
    person(town(), 'clerk-chen').post(`/accounts/${accountNo}/holds`, {
      ...{ kind: 'guarantee', reason: '银行保函' },
    }),
  );
  await quiet(town());
  const begun = await soon(
    () => seenRestoration(story, 'open'),
    (found) => found !== undefined,
  );
  expect(Date.parse(begun?.causeAt ?? '')).toBeGreaterThan(stoppedAtMs + 19 * HOUR_MS);
  const paidAt = new Date(stoppedAtMs + 2 * HOUR_MS).toISOString();
  await pay(story, { occurredAt: paidAt });
  expect(await seenRestoration(story, 'open')).toMatchObject({
    ...{ causeAt: paidAt, deadlineAt: new Date(stoppedAtMs + 26 * HOUR_MS).toISOString(), missed: false },
  });
  await walkRestoration(town(), story.account, stopId, 7 * HOUR_MS);
  expect(await seenRestoration(story, 'open')).toMatchObject({ missed: true });
  await restoreByCrew(story, stopId);
});
