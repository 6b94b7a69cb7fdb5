import { expect, test } from 'vitest';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { desk } from '../support/town/facts.ts';
import {
  begin,
  caseNow,
  pay,
  seen,
  seenStoodDown,
  useTown,
  walkOn,
  walkTo,
  type Story,
} from '../support/town/story.ts';
import { quiet } from '../support/town/walk.ts';

const town = useTown();
const DAY_MS = 86_400_000;
type Kind = 'plan' | 'deferral' | 'guarantee' | 'dispute' | 'authority-order';

async function inDays(story: Story, days: number): Promise<string> {
  return new Date(Date.parse(await caseNow(story)) + days * DAY_MS).toISOString();
}

/** Somebody records what holds the case; days: until when it was agreed. */
async function hold(story: Story, kind: Kind, by = 'clerk-chen', days?: number) {
  const set = await desk(town(), by).setHold(story.account.accountNo, {
    kind,
    reason: '经办人登记',
    ...(days === undefined ? {} : { until: await inDays(story, days) }),
    ...(kind === 'dispute' ? { about: 'stop' } : {}),
  });
  await quiet(town());
  return set;
}

/** Weeks go by and nothing happens: no ticket, no stop, the case stands. */
async function staysHeld(story: Story, days: number) {
  await walkOn(story, {}, days);
  const { status, stage, stops, tickets, plans } = await seen(story);
  return { status, stage, stops, tickets, reasons: plans.map(({ slipReason }) => slipReason) };
}
const heldBy = (kind: string) => ({
  status: 'open',
  stage: 'held',
  stops: [],
  tickets: [],
  reasons: [`hold:${kind}`],
});
/** After the hold: a day, an approval and a red notice of its own. */
const AFRESH = {
  attempt: 2,
  outcome: 'stopped',
  approvals: [{ status: 'void' }, { status: 'approved' }],
  stops: [{ classification: 'lawful' }],
};

test.concurrent('T1.2: a payment plan that is kept ends without a stop', async () => {
  const story = await begin(town(), 'plan-kept');
  await walkTo(story, 'notice-period');
  await hold(story, 'plan', 'clerk-chen', 60);
  expect(await staysHeld(story, 25)).toEqual(heldBy('plan'));
  await pay(story, { amount: 'half' });
  expect(await staysHeld(story, 25)).toEqual(heldBy('plan'));
  await pay(story);
  await walkOn(story);
  expect(await seen(story)).toMatchObject({ outcome: 'paid', stops: [] });
});

test.concurrent(
  'T1.2: a payment plan that is broken leads to a new day, approval and red notice',
  async () => {
    const story = await begin(town(), 'plan-broken');
    await walkTo(story, 'notice-period');
    const { holdId } = await hold(story, 'plan', 'clerk-chen', 60);
    expect(await staysHeld(story, 10)).toEqual(heldBy('plan'));
    await desk(town(), 'clerk-chen').endHold(holdId, 'plan-broken', '首期未付');
    await quiet(town());
    await walkOn(story);
    expect(await seen(story)).toMatchObject(AFRESH);
  },
);

test.concurrent('R3: a deferral ends by itself on its day, then the case is planned anew', async () => {
  const story = await begin(town(), 'deferred');
  await walkTo(story, 'ticket');
  await hold(story, 'deferral', 'clerk-chen', 14);
  const until = await inDays(story, 14);
  await walkTo(story, 'approval');
  const view = await seen(story);
  expect(view.plans).toMatchObject([{ slipReason: 'hold:deferral' }, { attempt: 2 }]);
  expect(view.nowAt > until).toBe(true);
  expect((await seenStoodDown(story)).tickets).toMatchObject([{ status: 'recall-acknowledged' }]);
});

test.concurrent('L3: a guarantee holds the stop for as long as it stands', async () => {
  const story = await begin(town(), 'guaranteed');
  await walkTo(story, 'notice-period');
  await hold(story, 'guarantee');
  expect(await staysHeld(story, 40)).toEqual(heldBy('guarantee'));
  await pay(story);
  await walkOn(story);
  expect(await seen(story)).toMatchObject({ outcome: 'paid', stops: [] });
});

test.concurrent('L3: the order of an authority holds until an authority lifts it', async () => {
  const story = await begin(town(), 'order-of-an-authority');
  await walkTo(story, 'notice-period');
  const { holdId } = await hold(story, 'authority-order', 'liaison-you');
  expect(await staysHeld(story, 20)).toEqual(heldBy('authority-order'));
  await desk(town(), 'liaison-you').endHold(holdId, 'order-lifted', '主管部门解除');
  await quiet(town());
  await walkOn(story);
  expect(await seen(story)).toMatchObject(AFRESH);
});

test.concurrent(
  'L5: a dispute has a clock; rejected by somebody else, the case is planned anew',
  async () => {
    const story = await begin(town(), 'disputed-rejected');
    await walkTo(story, 'notice-period');
    const { holdId, decisionDueAt } = await hold(story, 'dispute', 'leader-zhao');
    const dueInDays = (Date.parse(decisionDueAt ?? '') - Date.parse(await caseNow(story))) / DAY_MS;
    expect(dueInDays).toBeGreaterThan(3);
    expect(dueInDays).toBeLessThan(11);
    expect(await staysHeld(story, 20)).toEqual(heldBy('dispute'));
    const own = desk(town(), 'leader-zhao').endHold(holdId, 'dispute-rejected', '核实无误');
    await expect(own).rejects.toThrow('four-eyes');
    await desk(town(), 'head-qian').endHold(holdId, 'dispute-rejected', '核实无误');
    await quiet(town());
    await walkOn(story);
    expect(await seen(story)).toMatchObject(AFRESH);
  },
);

test.concurrent('L5: a dispute that is upheld and corrected in billing ends the case', async () => {
  const story = await begin(town(), 'disputed-upheld');
  await walkTo(story, 'approval');
  await town().sim.setDisputed(story.account.billId, true);
  const { holdId } = await hold(story, 'dispute', 'clerk-xu');
  expect(await staysHeld(story, 5)).toEqual(heldBy('dispute'));
  await desk(town(), 'leader-zhao').endHold(holdId, 'dispute-upheld', '抄表差错');
  await quiet(town());
  await walkOn(story, {}, 5);
  expect(await seen(story)).toMatchObject({ status: 'open', stops: [], tickets: [] });
  const { accountNo } = story.account;
  const { bills } = await town().sim.accountNow(accountNo);
  await town().sim.seed([{ accountNo, bills: bills.map((bill) => ({ ...bill, principalFen: 0 })) }]);
  await walkOn(story, {}, 5);
  expect(await seen(story)).toMatchObject({ status: 'closed', stops: [], tickets: [] });
});

test.concurrent(
  'L10: an order to protect supply recalls the crew; the stop is planned for after it',
  async () => {
    const story = await begin(town(), 'shielded');
    await walkTo(story, 'ticket');
    const stopAt = (await seen(story)).plans[0]?.stopAt ?? '';
    const from = civilDateAt(Date.parse(stopAt));
    const to = civilDateAt(Date.parse(stopAt) + 10 * DAY_MS);
    const shield = await desk(town(), 'liaison-you').setShield({
      accountNo: story.account.accountNo,
      effect: 'no-stop',
      orderNo: '保电〔2026〕12号',
      reason: '高考保电',
      from,
      to,
    });
    expect(shield).toMatchObject({ reached: 1, recalled: 1 });
    await walkOn(story);
    const view = await seenStoodDown(story);
    expect(view).toMatchObject(AFRESH);
    expect(view.plans[0]).toMatchObject({ slipReason: 'shielded' });
    expect(view.tickets).toMatchObject([{ status: 'recall-acknowledged' }, { status: 'done' }]);
    expect(civilDateAt(Date.parse(view.stops[0]?.occurredAt ?? '')) > to).toBe(true);
  },
);

test.concurrent(
  'T1.2: a part payment holds three working days, then only what is left is named',
  async () => {
    const story = await begin(town(), 'part-paid');
    await walkTo(story, 'notice-period');
    await pay(story, { amount: 'half' });
    await walkOn(story, {}, 1);
    const held = await seen(story);
    expect(held).toMatchObject({ stage: 'held', holds: [{ kind: 'part-payment', endedAt: null }] });
    const days = (Date.parse(held.holds[0]?.untilAt ?? '') - Date.parse(held.nowAt)) / DAY_MS;
    expect(days).toBeGreaterThan(1);
    expect(days).toBeLessThan(11);
    await walkOn(story);
    const view = await seen(story);
    expect(view).toMatchObject(AFRESH);
    expect(view.plans).toMatchObject([
      { slipReason: 'hold:part-payment', namedPrincipalFen: 23_456 },
      { slipReason: null, namedPrincipalFen: 11_728 },
    ]);
  },
);
