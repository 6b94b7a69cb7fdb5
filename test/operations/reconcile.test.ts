import { beforeAll, expect, test } from 'vitest';
import { compareOrphans } from '../../activities/reconcile/compare-workflows.ts';
import { openReconciliation } from '../../db/reconciliation/store.ts';
import { wholeCompany } from '../../db/database.ts';
import { realSystems } from '../../systems/assemble-real.ts';
import { temporalEngine } from '../../systems/engine/temporal-engine.ts';
import { caseWorkflowId, restoreWorkflowId } from '../../workflows/messages.ts';
import { newAccount, type AccountWish } from '../support/town/account.ts';
import { desk } from '../support/town/facts.ts';
import {
  begin,
  pay,
  restoreByCrew,
  seen,
  seenRestoration,
  soon,
  useTown,
  walkOn,
  walkTo,
  walkToStop,
  type Story,
} from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { alarms, reconcile, type SeenDifference } from './support/look.ts';

const town = useTown();
const run = <R>(sql: string, values: unknown[]) => rowsOf<R>(town(), sql, values);
const change = (sql: string, values: unknown[]) =>
  town().db.tx(wholeCompany(COMPANY), (tx) => tx.run(sql, values));
const kill = (workflowId: string) => town().temporal.workflow.getHandle(workflowId).terminate('by a test');
const statusOf = async (workflowId: string) =>
  (await town().temporal.workflow.getHandle(workflowId).describe()).status.name;
const of = (found: SeenDifference[], account: { accountNo: string }) =>
  found
    .filter(({ accountNo }) => accountNo === account.accountNo)
    .map(({ kind, action }) => `${kind}: ${action}`)
    .sort();

/** Every story walks to where its test begins, side by side: walking is what takes time. */
const told = new Map<string, Story>();
const storyOf = (name: string): Story => {
  const story = told.get(name);
  if (story === undefined) throw new Error(`${name} was not told`);
  return story;
};
const stopOf = async (name: string): Promise<string> => (await seen(storyOf(name))).stops[0]?.stopId ?? '';
beforeAll(async () => {
  const walks: [string, AccountWish, (story: Story) => Promise<unknown>][] = [
    ['lost-workflow', {}, (story) => walkTo(story, 'notice-period')],
    ['orphan', {}, (story) => walkTo(story, 'yellow-service')],
    ['unseen-payment', {}, (story) => walkTo(story, 'yellow-period')],
    ['lost-restoration', {}, walkToStop],
    ['lost-order', {}, walkToStop],
    ['switched-on-by-hand', { remoteSwitch: true }, walkToStop],
    ['left-over', {}, walkToStop],
  ];
  await Promise.all(
    walks.map(async ([name, wish, walk]) => {
      const story = await begin(town(), name, wish);
      told.set(name, story);
      await walk(story);
    }),
  );
}, 240_000);

/** A dry run says it and changes nothing, the real one mends it, and a third finds nothing. */
async function mends(account: { accountNo: string }, kind: string): Promise<void> {
  expect(of(await reconcile(town(), true), account)).toEqual([`${kind}: would-mend`]);
  expect(of(await reconcile(town(), false), account)).toEqual([`${kind}: mended`]);
}
const isClean = async (account: { accountNo: string }) =>
  expect(of(await reconcile(town(), false), account)).toEqual([]);

test('a case whose workflow is gone goes on with a new day, approval and red notice; the yellow one stands', async () => {
  const story = storyOf('lost-workflow');
  await kill(caseWorkflowId(story.account.accountId));
  await mends(story.account, 'case-without-workflow');
  expect(await statusOf(caseWorkflowId(story.account.accountId))).toBe('RUNNING');
  await isClean(story.account);
  await walkOn(story);
  const view = await seen(story);
  expect(view).toMatchObject({ outcome: 'stopped', attempt: 2 });
  expect(view.plans).toMatchObject([{ slipReason: 'workflow-lost' }, { status: 'executed' }]);
  expect(view.notices.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'first-dunning served',
    'yellow served',
    'red stale',
    'red served',
  ]);
  expect(view.approvals.map(({ status }) => status)).toEqual(['void', 'approved']);
});

test('a workflow whose case is closed in the books is ended', async () => {
  const story = storyOf('orphan');
  await change(`update cases set status = 'closed', outcome = 'withdrawn' where case_id = $1`, [
    story.caseId,
  ]);
  const { settings, db, vault } = town();
  const deps = {
    ...{ db, vault, systems: realSystems(settings), publicUrl: settings.PUBLIC_URL },
    engine: temporalEngine(town().temporal),
  };
  const at = { companyId: COMPANY, reconciliationId: 'orphans', dryRun: false };
  await db.tx(wholeCompany(COMPANY), (tx) => openReconciliation(tx, { ...at, askedBy: 'test' }));
  // Fresh workflows are left alone: their books may be about to open.
  await compareOrphans(deps, at, Date.now());
  expect(await statusOf(caseWorkflowId(story.account.accountId))).toBe('RUNNING');
  await compareOrphans(deps, at, Date.now() + 3_600_000);
  expect(await statusOf(caseWorkflowId(story.account.accountId))).toBe('TERMINATED');
  expect(await run(`select kind, action from differences where reconciliation_id = 'orphans'`, [])).toEqual([
    { kind: 'workflow-without-case', action: 'mended' },
  ]);
});

test('T3.2: a payment that billing has and we have not is stored, and ends the case', async () => {
  const story = storyOf('unseen-payment');
  await town().sim.faults.add({
    system: 'billing',
    fault: 'lost-webhook',
    match: { accountNo: story.account.accountNo },
  });
  await pay(story);
  await mends(story.account, 'payment-not-stored');
  await isClean(story.account);
  const view = await soon(
    () => seen(story),
    ({ status }) => status === 'closed',
  );
  expect(view).toMatchObject({ outcome: 'paid' });
});

/** Stopped and paid, but what brings the light back was killed before it could. */
async function darkAndForgotten(name: string): Promise<{ story: Story; stopId: string }> {
  const story = storyOf(name);
  const stopId = await stopOf(name);
  await pay(story);
  await soon(
    () => run(`select 1 from tickets where stop_id = $1 and status = 'dispatched'`, [stopId]),
    (rows) => rows.length === 1,
  );
  return { story, stopId };
}

test('L3: a restoration that is owed and has no workflow is started again, as one', async () => {
  const { story, stopId } = await darkAndForgotten('lost-restoration');
  await kill(restoreWorkflowId(stopId));
  await change(
    `update restoration_triggers set recorded_at = recorded_at - interval '1 hour' where stop_id = $1`,
    [stopId],
  );
  await mends(story.account, 'restoration-without-workflow');
  expect(await statusOf(restoreWorkflowId(stopId))).toBe('RUNNING');
  await isClean(story.account);
  await restoreByCrew(story, stopId);
  expect(await seenRestoration(story, 'done')).toMatchObject({ status: 'restored' });
  const orders = (await town().sim.books.orders()).filter(({ order }) => order.ticketId.includes(stopId));
  expect(orders).toHaveLength(1);
  expect(
    await soon(
      () => statusOf(restoreWorkflowId(stopId)),
      (status) => status !== 'RUNNING',
    ),
  ).toBe('COMPLETED');
});

test('an order that the crews have lost is given again, one that they have done is reported', async () => {
  const story = storyOf('lost-order');
  const stopId = await stopOf('lost-order');
  await town().sim.faults.add({
    system: 'field-work',
    fault: '500',
    match: { accountNo: story.account.accountNo },
  });
  await pay(story);
  const ticketId = `restore-ticket/${stopId}`;
  await soon(
    () => run(`select 1 from tickets where ticket_id = $1`, [ticketId]),
    (rows) => rows.length === 1,
  );
  await kill(restoreWorkflowId(stopId));
  await change(`update tickets set status = 'dispatched' where ticket_id = $1`, [ticketId]);
  await town().sim.faults.remove();
  const found = await reconcile(town(), false);
  expect(of(found, story.account)).toContain('ticket-unknown-to-crews: mended');
  expect((await town().sim.books.orders()).filter(({ order }) => order.ticketId === ticketId)).toHaveLength(
    1,
  );

  await town().sim.crew.move(ticketId, 'done');
  expect(of(await reconcile(town(), false), story.account)).toContain('ticket-done-not-recorded: reported');
  const standing = async () =>
    (await alarms(town())).filter(({ subjectId }) => subjectId === `ticket-done-not-recorded/${ticketId}`);
  expect(await standing()).toMatchObject([{ kind: 'difference', accountNo: story.account.accountNo }]);
  await restoreByCrew(story, stopId);
  await isClean(story.account);
  expect(await standing()).toEqual([]);
});

test('T3.4: a meter found off without a permit is a recorded breach, and its light comes back', async () => {
  const account = await newAccount(town(), { remoteSwitch: true });
  await isClean(account);
  await town().sim.meters.operate(account.meterNo, 'open');
  await mends(account, 'meter-off-without-permit');
  const [stop] = await soon(
    () =>
      run<{ stopId: string; classification: string; inForce: boolean }>(
        `select stop_id as "stopId", classification, in_force as "inForce" from stops where account_id = $1`,
        [account.accountId],
      ),
    ([found]) => found?.inForce === false,
  );
  expect(stop).toMatchObject({ classification: 'wrongful', inForce: false });
  expect(await town().sim.meters.set(account.meterNo, {})).toMatchObject({ relay: 'closed' });
  const incidents = (await desk(town(), 'leader-zhao').incidents('open')).filter(
    ({ stopId }) => stopId === stop?.stopId,
  );
  expect(incidents).toMatchObject([{ kind: 'breach', reasons: [{ code: 'off-without-permit' }] }]);
  await isClean(account);
});

test('supply that is on though it counts as stopped is reported, and is the proof where it was owed', async () => {
  const story = storyOf('switched-on-by-hand');
  const stopId = await stopOf('switched-on-by-hand');
  await isClean(story.account);
  await town().sim.meters.operate(story.account.meterNo, 'closed');
  expect(of(await reconcile(town(), false), story.account)).toEqual(['supply-on-though-stopped: reported']);

  await town().sim.faults.add({ system: 'meter', fault: '500', match: { path: '/commands' } });
  await town().sim.meters.set(story.account.meterNo, { mode: 'offline' });
  await pay(story);
  await town().sim.meters.set(story.account.meterNo, { mode: 'obeys' });
  await soon(
    () => run(`select 1 from restorations where stop_id = $1`, [stopId]),
    (rows) => rows.length === 1,
  );
  const found = of(await reconcile(town(), false), story.account);
  await town().sim.faults.remove();
  const restored = await soon(
    () => seenRestoration(story, 'done'),
    (one) => one !== undefined,
  );
  expect(restored).toMatchObject({ status: 'restored' });
  expect([[], ['supply-on-though-stopped: mended']]).toContainEqual(found);
});

test('a permit that nobody used is over, and a recall that nobody was told of is told again', async () => {
  const story = storyOf('left-over');
  const stopId = await stopOf('left-over');
  await change(`update permits set status = 'granted' where account_id = $1`, [story.account.accountId]);
  await change(`update stops set permit_id = null where stop_id = $1`, [stopId]);
  await change(
    `update permits set expires_at = occurred_at + interval '1 millisecond' where account_id = $1`,
    [story.account.accountId],
  );
  await change(`update tickets set status = 'recalled' where case_id = $1 and kind = 'stop'`, [story.caseId]);
  const found = of(await reconcile(town(), true), story.account);
  expect(found).toEqual(['permit-left-granted: would-mend', 'recall-not-told: would-mend']);
  await reconcile(town(), false);
  expect(await run(`select status from permits where account_id = $1`, [story.account.accountId])).toEqual([
    { status: 'expired' },
  ]);
  const ticket = await soon(
    () =>
      run<{ status: string }>(`select status from tickets where case_id = $1 and kind = 'stop'`, [
        story.caseId,
      ]),
    ([row]) => row?.status !== 'recalled',
  );
  expect(ticket).toEqual([{ status: 'recall-acknowledged' }]);
  await isClean(story.account);
});
