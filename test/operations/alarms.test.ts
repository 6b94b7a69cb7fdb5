import { beforeAll, expect, test } from 'vitest';
import { advanceCaseClock } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
import { operationsScheduleId } from '../../worker/schedules.ts';
import { caseWorkflowId, TASK_QUEUES } from '../../workflows/messages.ts';
import { desk } from '../support/town/facts.ts';
import { newAccount } from '../support/town/account.ts';
import { begin, pay, soon, useTown, walkTo, walkToStop, type Story } from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { alarms, strike, type SeenAlarm } from './support/look.ts';

const town = useTown();
let [stuck, dark, untold]: (Story | undefined)[] = [];
beforeAll(async () => {
  // Side by side: walking is what takes time.
  [stuck, dark, untold] = await Promise.all(['stuck', 'dark', 'untold'].map((name) => begin(town(), name)));
  await Promise.all([
    walkTo(walked(stuck), 'approval'),
    walkToStop(walked(dark)),
    walkTo(walked(untold), 'yellow-service'),
  ]);
}, 240_000);
function walked(story: Story | undefined): Story {
  if (story === undefined) throw new Error('the story was not told');
  return story;
}

const look = () => strike(town(), operationsScheduleId(COMPANY), 'operations-watch');
const HOUR_MS = 3_600_000;

const move = (story: Story, byMs: number) =>
  town().db.tx(wholeCompany(COMPANY), (tx) => advanceCaseClock(tx, COMPANY, story.account.accountId, byMs));
const of = (found: SeenAlarm[], story: Story) =>
  found
    .filter(({ accountNo }) => accountNo === story.account.accountNo)
    .map(({ kind }) => kind)
    .sort();

test('68: a case past its planned step and a workflow that was killed raise alarms, are told, and clear themselves', async () => {
  const story = walked(stuck);
  // Somebody wants to hear of it; what nobody has asked for is not queued.
  await town().db.tx(wholeCompany(COMPANY), (tx) =>
    tx.run(
      `insert into webhook_subscriptions (subscription_id, company_id, url, secret_enc, events)
       values ('listens', $1, 'http://127.0.0.1:9/', $2, '{alarm.raised}')`,
      [COMPANY, town().vault.seal('a secret')],
    ),
  );
  await look();
  expect(of(await alarms(town()), story)).toEqual([]);

  await town().temporal.workflow.getHandle(caseWorkflowId(story.account.accountId)).terminate('by a test');
  await move(story, 30 * 24 * HOUR_MS);
  await look();
  const found = await alarms(town());
  expect(of(found, story)).toEqual(['case-late', 'workflow-failed']);
  expect(found.find(({ kind }) => kind === 'case-late')).toMatchObject({
    caseId: story.caseId,
    detail: { stage: 'approval', attempt: 1 },
  });

  // Looked at again it is the same alarm, and it climbs until a leader has seen it.
  await look();
  expect(of(await alarms(town()), story)).toEqual(['case-late', 'workflow-failed']);
  const ids = found.map(({ alarmId }) => alarmId);
  const reports = await soon(
    async () =>
      (await desk(town(), 'leader-zhao').reports('waiting')).filter((r) => ids.includes(r.subjectId)),
    (seenReports) => seenReports.length === 2,
  );
  expect(reports.map(({ subject }) => subject)).toEqual(['stuck', 'stuck']);
  const told = await rowsOf<{ action: string }>(
    town(),
    `select action from audit where chain_id = $1 and action like 'alarm.%'`,
    [story.caseId],
  );
  expect(told).toHaveLength(2);
  const events = await rowsOf<{ n: number }>(
    town(),
    `select count(*)::int as n from outbox where kind = 'webhook' and payload ->> 'event' = 'alarm.raised' and payload ->> 'caseId' = $1
       and payload ->> 'to' is null`,
    [story.caseId],
  );
  expect(events).toEqual([{ n: 2 }]);

  await move(story, -30 * 24 * HOUR_MS);
  await look();
  expect(of(await alarms(town()), story)).toEqual(['workflow-failed']);
  expect(of(await alarms(town(), 'cleared'), story)).toEqual(['case-late']);
  const settled = await soon(
    () =>
      rowsOf<{ rung: number }>(town(), `select rung from escalations where subject_id = $1`, [
        found.find(({ kind }) => kind === 'case-late')?.alarmId,
      ]),
    (rungs) => rungs.length === 1,
  );
  expect(settled).toEqual([{ rung: 1 }]);
});

test('68: a restoration past its deadline', async () => {
  const story = walked(dark);
  const stopId = `stop/${story.caseId}/1`;
  await pay(story);
  await soon(
    () => rowsOf(town(), 'select 1 from restorations where stop_id = $1', [stopId]),
    (rows) => rows.length === 1,
  );
  await look();
  expect(of(await alarms(town()), story)).toEqual([]);
  await move(story, 25 * HOUR_MS);
  await look();
  expect(of(await alarms(town()), story)).toEqual(['restoration-late']);
});

test('68: an entry that is not delivered raises an alarm of its account', async () => {
  const story = walked(untold);
  await town().temporal.workflow.getHandle(caseWorkflowId(story.account.accountId)).terminate('by a test');
  await town().sim.pay({ accountNo: story.account.accountNo, amount: 'half' });
  await soon(
    () =>
      rowsOf(
        town(),
        `select 1 from outbox where payload ->> 'caseId' = $1 and kind = 'signal-case' and done_at is null`,
        [story.caseId],
      ),
    (found) => found.length > 0,
  );
  await town().db.tx(wholeCompany(COMPANY), (tx) =>
    tx.run(
      `update outbox set recorded_at = recorded_at - interval '1 hour' where payload ->> 'caseId' = $1 and done_at is null`,
      [story.caseId],
    ),
  );
  await look();
  expect(of(await alarms(town()), story)).toEqual(['outbox-undelivered', 'workflow-failed']);
});

test('68: a workflow whose tasks fail again and again raises an alarm', async () => {
  const account = await newAccount(town());
  await town().temporal.workflow.start('noSuchProcedure', {
    workflowId: caseWorkflowId(account.accountId),
    taskQueue: TASK_QUEUES.cases,
  });
  const found = await soon(
    async () => {
      await look();
      return (await alarms(town())).filter(({ kind }) => kind === 'workflow-task-failing');
    },
    (items) => items.length > 0,
  );
  expect(found).toMatchObject([
    { subjectId: caseWorkflowId(account.accountId), accountNo: account.accountNo },
  ]);
  await town().temporal.workflow.getHandle(caseWorkflowId(account.accountId)).terminate('by a test');
  const left = await soon(
    async () => {
      await look();
      return (await alarms(town())).filter(({ kind }) => kind === 'workflow-task-failing');
    },
    (items) => items.length === 0,
  );
  expect(left).toEqual([]);
});
