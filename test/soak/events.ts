import type { Dice } from '../../sim/district/dice.ts';
import type { TownAccount } from '../support/town/account.ts';
import { count } from './journal.ts';
import type { Hands } from './hands.ts';
import { offsetOf } from './time.ts';

const DAY_MS = 86_400_000;
const path = encodeURIComponent;

/** One customer in the run, with what has been set for it and not lifted yet. */
export interface Customer {
  readonly hands: Hands;
  readonly dice: Dice;
  readonly account: TownAccount;
  readonly caseId: () => string;
  readonly holds: { holdId: string; kind: string; setBy: string }[];
  readonly shields: string[];
  readonly inFlight: string[];
}

const nowMs = async ({ hands, account }: Customer): Promise<number> =>
  Date.now() + (await offsetOf(hands.stand, account.accountId));

/** Money reaches billing; how Fudian hears of it is left to chance. */
export async function pay(c: Customer, amount: 'all' | 'half' | 'some'): Promise<void> {
  const { sim } = c.hands.stand;
  const occurredAt = new Date((await nowMs(c)) - (c.dice.chance(20) ? c.dice.whole(1, 600) * 1000 : 0));
  const asked = amount === 'some' ? c.dice.whole(100, 8_000) : amount;
  const as = c.dice.chance(20) ? 'in-flight' : 'posted';
  const { accountNo } = c.account;
  try {
    const made = await sim.pay({
      ...{ accountNo, amount: asked, occurredAt: occurredAt.toISOString(), as },
      webhook: c.dice.chance(20) ? 'lost' : 'sent',
      channel: c.dice.pick(['wechat', 'alipay', 'bank', 'counter']),
    });
    c.hands.journal.payments.push({
      ...{ paymentId: made.paymentId, accountNo, amountFen: made.amountFen, occurredAt: made.occurredAt },
      status: as,
    });
    if (as === 'in-flight') c.inFlight.push(made.paymentId);
    count(c.hands.journal, `paid ${amount} ${as}`);
  } catch (error) {
    if (!String(error).includes('nothing-owed')) throw error;
  }
}

async function postMoney(c: Customer): Promise<void> {
  const paymentId = c.inFlight.shift();
  if (paymentId === undefined) return;
  await c.hands.stand.sim.postInFlight(paymentId, c.dice.chance(30) ? 'lost' : 'sent');
  const kept = c.hands.journal.payments.find((p) => p.paymentId === paymentId);
  if (kept !== undefined) kept.status = 'posted';
  count(c.hands.journal, 'in-flight money posted');
}

async function bounce(c: Customer): Promise<void> {
  const posted = c.hands.journal.payments.filter(
    (p) => p.accountNo === c.account.accountNo && p.status === 'posted',
  );
  const chosen = posted.at(-1);
  if (chosen === undefined) return;
  await c.hands.stand.sim.reverse(chosen.paymentId, c.dice.chance(30) ? 'lost' : 'sent');
  chosen.status = 'reversed';
  count(c.hands.journal, 'payment reversed');
}

const HOLDS = ['plan', 'deferral', 'guarantee', 'dispute', 'authority-order', 'claimed-payment'] as const;
const SETTERS = {
  plan: 'clerk-chen',
  deferral: 'clerk-chen',
  guarantee: 'clerk-chen',
  dispute: 'leader-zhao',
  'authority-order': 'liaison-you',
  'claimed-payment': 'reader-zhang',
} as const;

async function setHold(c: Customer): Promise<void> {
  const kind = c.dice.pick(HOLDS);
  const until = new Date((await nowMs(c)) + c.dice.whole(2, 15) * DAY_MS).toISOString();
  const needsEnd = kind === 'plan' || kind === 'deferral';
  const answer = await c.hands.post<{ holdId: string }>(
    SETTERS[kind],
    `/accounts/${path(c.account.accountNo)}/holds`,
    {
      ...{ kind, reason: '经办人登记' },
      ...(needsEnd ? { until } : {}),
      ...(kind === 'dispute' ? { about: c.dice.pick(['stop', 'billing']) } : {}),
    },
    { kind: 'hold', accountNo: c.account.accountNo, ref: (body) => body.holdId },
  );
  if (answer.status < 300) c.holds.push({ holdId: answer.body.holdId, kind, setBy: SETTERS[kind] });
}

const ENDINGS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  plan: ['plan-kept', 'plan-broken'],
  deferral: ['plan-broken', 'withdrawn-by-person'],
  guarantee: ['withdrawn-by-person'],
  dispute: ['dispute-upheld', 'dispute-rejected'],
  'authority-order': ['order-lifted'],
  'claimed-payment': ['claim-checked'],
  protection: ['withdrawn-by-person'],
};

/** Somebody decides, lifts or checks what was set. */
export async function endHold(c: Customer): Promise<void> {
  const hold = c.holds.shift();
  if (hold === undefined) return;
  await c.hands.post(
    'head-qian',
    `/holds/${path(hold.holdId)}/end`,
    { ending: c.dice.pick(ENDINGS[hold.kind] ?? ['withdrawn-by-person']), reason: '核查完毕' },
    { kind: 'hold-ended', accountNo: c.account.accountNo, ref: hold.holdId },
  );
}

async function danger(c: Customer): Promise<void> {
  const answer = await c.hands.post<{ holdId: string }>(
    'clerk-xu',
    `/accounts/${path(c.account.accountNo)}/danger`,
    { reason: '家中有吸氧病人' },
    { kind: 'hold', accountNo: c.account.accountNo, ref: (body) => body.holdId },
  );
  if (answer.status < 300)
    c.holds.push({ holdId: answer.body.holdId, kind: 'protection', setBy: 'clerk-xu' });
}

async function shield(c: Customer): Promise<void> {
  const fromMs = (await nowMs(c)) + c.dice.whole(0, 12) * DAY_MS;
  const day = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
  const answer = await c.hands.post<{ shieldId: string }>(
    'liaison-you',
    '/shields',
    {
      ...{ accountNo: c.account.accountNo, effect: c.dice.pick(['no-stop', 'both', 'no-late-fee']) },
      ...{
        orderNo: '保电1号',
        reason: '高考保电',
        from: day(fromMs),
        to: day(fromMs + c.dice.whole(0, 6) * DAY_MS),
      },
    },
    { kind: 'shield', accountNo: c.account.accountNo, ref: (body) => body.shieldId },
  );
  if (answer.status < 300) c.shields.push(answer.body.shieldId);
}

async function liftShield(c: Customer): Promise<void> {
  const shieldId = c.shields.shift();
  if (shieldId === undefined) return;
  await c.hands.post('head-qian', `/shields/${path(shieldId)}/lift`, { orderNo: '保电2号' });
}

async function withdraw(c: Customer): Promise<void> {
  await c.hands.post(
    'leader-zhao',
    `/cases/${path(c.caseId())}/withdraw`,
    { reason: '改为协商处理' },
    {
      kind: 'withdraw',
      accountNo: c.account.accountNo,
      ref: c.caseId(),
    },
  );
}

async function moveOut(c: Customer): Promise<void> {
  await c.hands.post(
    'clerk-chen',
    `/accounts/${path(c.account.accountNo)}/holds`,
    { kind: 'moved-out', reason: '已销户' },
    { kind: 'hold', accountNo: c.account.accountNo, ref: (body: { holdId: string }) => body.holdId },
  );
}

/** One system outside breaks for this customer, for a request or three. */
async function breakSystem(c: Customer): Promise<void> {
  const { faults } = c.hands.stand.sim;
  const { accountNo, phone, meterNo } = c.account;
  const times = c.dice.whole(1, 3);
  const fault = c.dice.pick(['time-out', '500', '429', 'wrong-answer', 'drop-after-accept'] as const);
  const slow = fault === 'time-out' ? { delayMs: 200 } : fault === '429' ? { delayMs: 1_000 } : {};
  const request = { fault, times, ...slow };
  const webhook = c.dice.pick(['duplicate-webhook', 'lost-webhook', 'late-webhook'] as const);
  const late = webhook === 'late-webhook' ? { delayMs: 800 } : {};
  await c.dice.pick([
    () => faults.add({ ...request, system: 'billing', match: { accountNo } }),
    () => faults.add({ ...request, system: 'carrier', match: { phone } }),
    () => faults.add({ ...request, system: 'field-work', match: { accountNo } }),
    () => faults.add({ ...request, system: 'meter', match: { meterNo } }),
    () => faults.add({ ...request, system: 'government' }),
    () => faults.add({ system: 'billing', fault: webhook, times, match: { accountNo }, ...late }),
    () => faults.add({ system: 'carrier', fault: webhook, times, match: { phone }, ...late }),
    () => faults.add({ system: 'mail', fault: c.dice.pick(['time-out', '500', '429']), times, delayMs: 200 }),
  ])();
  count(c.hands.journal, 'a system broke');
}

async function oddMeter(c: Customer): Promise<void> {
  const mode = c.dice.pick(['stuck', 'lies', 'unknown-done', 'unknown-not-done', 'obeys'] as const);
  await c.hands.stand.sim.meters.set(c.account.meterNo, { mode });
}

/** Something happens to this customer's case, or nothing; most of it ends by itself or is lifted by a later throw. */
export async function anyEvent(c: Customer): Promise<void> {
  const happen = c.dice.weighed([
    [16, () => pay(c, 'half')],
    [10, () => pay(c, 'some')],
    [10, () => pay(c, 'all')],
    [10, () => postMoney(c)],
    [7, () => bounce(c)],
    [10, () => setHold(c)],
    [12, () => endHold(c)],
    [3, () => danger(c)],
    [8, () => shield(c)],
    [5, () => liftShield(c)],
    [1, () => withdraw(c)],
    [1, () => moveOut(c)],
    [30, () => breakSystem(c)],
    [5, () => oddMeter(c)],
  ] as const);
  await happen();
}

/** Only money and words that arrive at the very moment of a stop. */
export async function suddenEvent(c: Customer): Promise<void> {
  const happen = c.dice.weighed([
    [5, () => pay(c, 'all')],
    [2, () => pay(c, 'half')],
    [1, () => setHold(c)],
    [1, () => danger(c)],
  ] as const);
  await happen();
}

/** What is still open with this customer is brought to an end. */
export async function bringToEnd(c: Customer): Promise<void> {
  while (c.inFlight.length > 0) await postMoney(c);
  while (c.holds.length > 0) await endHold(c);
}
