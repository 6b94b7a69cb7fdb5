import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeCompany } from '../../../db/database.ts';
import { setCapacity } from '../../../intake/desk/set-capacity.ts';
import type { Intake } from '../../../intake/deps.ts';
import { endHold } from '../../../intake/holds/end-hold.ts';
import { setHold } from '../../../intake/holds/set-hold.ts';
import { setShield } from '../../../intake/shields/set-shield.ts';
import { makeStopCase, type StopCase } from '../../activities/support/stop-case.ts';
import { CENTRE, COMPANY, openWorkbench, type Workbench } from '../../activities/support/workbench.ts';

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

const rows = (sql: string, values: unknown[]) => bench.tx((tx) => tx.rows(sql, values));
const ticketOf = (c: StopCase) => rows('select status from tickets where account_id = $1', [c.accountId]);

test('L5: a dispute told many times at once is one hold, and recalls the crew', async () => {
  const c = await makeStopCase(bench, 'told');
  const hold = {
    accountId: c.accountId,
    kind: 'dispute',
    about: 'billing',
    reason: '电量有误',
    by: 'clerk-1',
    factId: `dispute-${c.caseId}`,
  } as const;
  const answers = await Promise.all(Array.from({ length: 5 }, () => setHold(intake, hold)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await rows('select 1 from holds where account_id = $1', [c.accountId])).toHaveLength(1);
  expect(await ticketOf(c)).toEqual([{ status: 'recalled' }]);
  expect(
    await rows(`select 1 from outbox where outbox_key = $1`, [`stand-down/ticket/${c.caseId}/1`]),
  ).toHaveLength(1);
});

test('a hold ends once: the same ending again changes nothing, another is refused', async () => {
  const c = await makeStopCase(bench, 'told');
  const { holdId } = await setHold(intake, {
    accountId: c.accountId,
    kind: 'plan',
    until: '2027-01-15T00:00:00+08:00',
    reason: '分期',
    by: 'clerk-1',
  });
  const end = { holdId, ending: 'plan-broken', reason: '未履行', by: 'clerk-1' } as const;
  await endHold(intake, end);
  await endHold(intake, end);
  await expect(endHold(intake, { ...end, ending: 'plan-kept' })).rejects.toMatchObject({ status: 409 });
  expect(
    await rows('select 1 from holds where hold_id = $1 and ended_at is not null', [holdId]),
  ).toHaveLength(1);
  await expect(endHold(intake, { ...end, holdId: 'nobody' })).rejects.toMatchObject({ status: 404 });
});

test('L10: the same order is one shield, and a shield of an account recalls its crew', async () => {
  const c = await makeStopCase(bench, 'told');
  const shield = {
    accountNo: `no-${c.accountId}`,
    effect: 'both',
    orderNo: '淮政发〔2026〕1号',
    reason: '防汛',
    from: '2026-01-01',
    to: '2027-12-31',
    by: 'liaison-1',
    factId: `order-${c.caseId}`,
  } as const;
  const first = await setShield(intake, shield);
  expect((await setShield(intake, shield)).shieldId).toBe(first.shieldId);
  expect(await rows('select 1 from shields where shield_id = $1', [first.shieldId])).toHaveLength(1);
  expect(await ticketOf(c)).toEqual([{ status: 'recalled' }]);
  const backwards = setShield(intake, { ...shield, factId: 'other', from: '2027-01-02', to: '2027-01-01' });
  await expect(backwards).rejects.toMatchObject({ status: 422 });
});

test('capacity of a day is what was said last, and only of a centre that there is', async () => {
  const fact = { centreId: CENTRE, day: '2027-03-01', stopLimit: 5, restoreLimit: 6, by: 'leader-1' };
  await setCapacity(intake, fact);
  await setCapacity(intake, { ...fact, stopLimit: 9 });
  expect(
    await rows('select stop_limit, restore_limit from crew_capacity where centre_id = $1 and day = $2', [
      CENTRE,
      fact.day,
    ]),
  ).toEqual([{ stop_limit: 9, restore_limit: 6 }]);
  await expect(setCapacity(intake, { ...fact, centreId: 'nobody' })).rejects.toMatchObject({ status: 404 });
  await expect(setCapacity(intake, { ...fact, stopLimit: -1 })).rejects.toMatchObject({ status: 422 });
});
