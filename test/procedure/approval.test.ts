import { expect, test } from 'vitest';
import { desk } from '../support/town/facts.ts';
import { must, person } from '../support/town/person.ts';
import { begin, seen, seenStoodDown, useTown, walkOn, walkTo, why } from '../support/town/story.ts';
import { quiet } from '../support/town/walk.ts';

const town = useTown();

test.concurrent('T2.0, T3.4: a refused approval ends the case before any red notice', async () => {
  const story = await begin(town(), 'approval-refused');
  await walkOn(story, {
    approve: async (turn, { approvalId }) => {
      await must(
        turn.head.post(`/approvals/${encodeURIComponent(approvalId)}/decisions`, {
          decision: 'refuse',
          reason: '用户正在协商',
        }),
      );
    },
  });
  const view = await seen(story);
  expect(view).toMatchObject({ outcome: 'refused-approval', stage: 'closed', stops: [], tickets: [] });
  expect(view.approvals).toMatchObject([{ status: 'refused' }]);
  expect(view.notices.map(({ kind }) => kind)).toEqual(['first-dunning', 'yellow']);
  expect(view.past.find(({ action }) => action === 'approval.refused')).toMatchObject({ actor: 'head-qian' });
});

test.concurrent(
  'T3.4: an approval that nobody gives in time expires; the next day is asked for anew',
  async () => {
    const story = await begin(town(), 'approval-expired');
    await walkTo(story, (turn) => turn.stage === 'approval' && turn.at.whereabouts.attempt === 2, {
      approve: async () => {},
    });
    const view = await seen(story);
    expect(view.plans).toMatchObject([{ attempt: 1, slipReason: 'approval-expired' }, { attempt: 2 }]);
    expect(view.approvals).toMatchObject([
      { attempt: 1, status: 'expired' },
      { attempt: 2, status: 'pending' },
    ]);
    expect(view.notices.filter(({ kind }) => kind !== 'first-dunning')).toMatchObject([
      { kind: 'yellow', attempt: 1, status: 'served' },
    ]);
    const first = await person(town(), 'head-qian').post(
      `/approvals/${encodeURIComponent(view.approvals[0]?.approvalId ?? '')}/decisions`,
      { decision: 'approve', reason: '迟到的批准' },
    );
    expect(first.status).toBe(409);
    await walkOn(story);
    expect(await seen(story)).toMatchObject({ outcome: 'stopped', attempt: 2 });
  },
);

test.concurrent('T3.4: who applied may not approve, nor whoever has another role', async () => {
  const story = await begin(town(), 'approval-by-others');
  await walkTo(story, 'approval');
  const [approval] = (await seen(story)).approvals;
  const path = `/approvals/${encodeURIComponent(approval?.approvalId ?? '')}/decisions`;
  const body = { decision: 'approve', reason: '同意' };
  expect((await person(town(), 'reader-zhang').post(path, body)).status).toBe(403);
  expect((await person(town(), 'manager-sun').post(path, body)).status).toBe(409);
  expect((await person(town(), 'head-jiang').post(path, body)).status).toBe(404);
  expect((await seen(story)).approvals).toMatchObject([{ status: 'pending' }]);
});

test.concurrent('T1.2: a leader withdraws the case; the crew is recalled', async () => {
  const story = await begin(town(), 'withdrawn');
  await walkTo(story, 'ticket');
  await must(
    person(town(), 'leader-zhao').post(`/cases/${story.caseId}/withdraw`, { reason: '改为协商处理' }),
  );
  await walkOn(story);
  expect(await seenStoodDown(story)).toMatchObject({
    outcome: 'withdrawn',
    stage: 'closed',
    stops: [],
    tickets: [{ status: 'recall-acknowledged' }],
  });
});

test.concurrent('T2.0: whoever has moved out is collected from no longer', async () => {
  const story = await begin(town(), 'moved-out');
  await walkTo(story, 'notice-period');
  await desk(town(), 'clerk-chen').setHold(story.account.accountNo, {
    kind: 'moved-out',
    reason: '已销户',
  });
  await quiet(town());
  await walkOn(story);
  expect(await seen(story)).toMatchObject({ outcome: 'moved-out', stops: [], tickets: [] });
  expect(await why(story)).toMatchObject({ inCollection: false });
});
