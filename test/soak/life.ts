import { diceOf, type Dice } from '../../sim/district/dice.ts';
import { wholeCompany } from '../../db/database.ts';
import { caseWorkflowId, restoreWorkflowId } from '../../workflows/messages.ts';
import { newAccount, type AccountWish } from '../support/town/account.ts';
import { COMPANY } from '../support/town/town.ts';
import { workOnSite } from './crew.ts';
import { anyEvent, bringToEnd, pay, suddenEvent, type Customer } from './events.ts';
import type { Hands } from './hands.ts';
import { count } from './journal.ts';
import { advance, moveClock, offsetOf, patiently, step, type Moved, type Standing } from './time.ts';
import { decideApprovals, quietFor, serveNotices } from './turns.ts';
import { watchOnce } from './watch.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A case that has not ended by then is brought to an end by payment. */
const LIFE_DAYS = 75;

function wishOf(dice: Dice): AccountWish {
  const category = dice.weighed([
    [70, 'resident'],
    [20, 'non-resident'],
    [6, 'dedicated-transformer'],
    [4, 'important'],
  ] as const);
  const isResident = category === 'resident';
  return {
    category,
    customerClass: isResident ? 'resident' : 'non-resident',
    principalFen: dice.weighed([
      [85, dice.whole(6_000, 90_000)],
      [10, dice.whole(1_000_000, 12_000_000)],
      [5, dice.whole(5_000, 5_100)],
    ]),
    dueDaysAgo: dice.whole(3, 60),
    ...(dice.chance(20) ? { remoteSwitch: true } : {}),
    ...(dice.chance(25) ? { agreedChannel: 'sms' as const } : {}),
    ...(dice.chance(10)
      ? { agreedChannel: 'email' as const, email: `c${dice.whole(1, 1e9)}@example.invalid` }
      : {}),
    ...(dice.chance(2) ? { protection: 'registered' as const } : {}),
  };
}

async function rowsOf<R>(hands: Hands, sql: string, values: readonly unknown[]): Promise<R[]> {
  return patiently(() => hands.stand.db.tx(wholeCompany(COMPANY), (tx) => tx.rows<R>(sql, values)));
}

/** One customer from the launch to the end, everything by the dice of (seed, number). */
export async function liveOne(hands: Hands, seed: string, photo: string): Promise<void> {
  const dice = diceOf(seed);
  const { stand, journal } = hands;
  const account = await patiently(() => newAccount(stand, wishOf(dice)));
  await stand.sim.phone({
    phone: account.phone,
    sms: dice.weighed([
      [80, 'delivered'],
      [8, 'undelivered'],
      [6, 'failed'],
      [6, 'never'],
    ] as const),
    call: [
      dice.pick(['ack', 'ack', 'ack', 'no-answer', 'busy', 'hang-up', 'silent']),
      dice.pick(['ack', 'no-answer']),
    ],
  });
  let caseId = '';
  const customer: Customer = {
    ...{ hands, dice, account, caseId: () => caseId, holds: [], shields: [], inFlight: [] },
  };
  const turn = { customer, photo };

  async function onSite(moved: Moved, at: Standing): Promise<void> {
    const tickets = await rowsOf<{ ticketId: string }>(
      hands,
      `select ticket_id as "ticketId" from tickets where case_id = $1 and kind = 'stop'
          and status in ('raised', 'dispatched') and planned_from <= $2`,
      [caseId, new Date(at.nowMs).toISOString()],
    );
    for (const { ticketId } of tickets)
      await workOnSite(
        {
          ...{ hands, account, dice, photo },
          meanwhile: () => suddenEvent(customer),
          later: (byMs) => advance(moved, byMs),
        },
        ticketId,
      );
  }

  async function live(): Promise<void> {
    const startedAheadMs = await offsetOf(stand, account.accountId);
    const launched = await hands.post<{ caseId: string }>(
      'clerk-chen',
      '/cases',
      { accountNo: account.accountNo },
      { kind: 'launch', accountNo: account.accountNo, ref: (body) => body.caseId },
    );
    if (launched.status >= 300) return count(journal, 'not launched');
    caseId = launched.body.caseId;
    const moved: Moved = {
      ...{ stand, accountId: account.accountId, workflowId: caseWorkflowId(account.accountId) },
      startedAheadMs,
    };
    const untilMs = Date.now() + moved.startedAheadMs + LIFE_DAYS * DAY_MS;
    for (let at = await step(moved, 1_000); at.whereabouts !== null;) {
      await quietFor(hands, account.accountId);
      if (dice.chance(5)) await anyEvent(customer);
      const { stage } = at.whereabouts;
      if (!dice.chance(4)) await serveNotices(turn, caseId, at.nowMs);
      if (stage === 'approval') await decideApprovals(turn, caseId);
      if (stage === 'permit') await onSite(moved, at);
      await quietFor(hands, account.accountId);
      if (at.nowMs > untilMs) await endByPayment(customer);
      // Days off: nobody looks for a while.
      at = await step(moved, dice.chance(3) ? dice.whole(2, 20) * DAY_MS : DAY_MS);
    }
    count(journal, 'cases ended');
  }

  await live();
  await bringLightBack(customer, photo);
  if (dice.chance(10)) {
    await live();
    await bringLightBack(customer, photo);
  }
  await bringToEnd(customer);
}

async function endByPayment(customer: Customer): Promise<void> {
  await bringToEnd(customer);
  await pay(customer, 'all');
  await customer.hands.stand.sim.faults
    .list()
    .then((faults) =>
      Promise.all(
        faults
          .filter(({ match }) => match?.accountNo === customer.account.accountNo)
          .map(({ id }) => customer.hands.stand.sim.faults.remove(id).catch(() => undefined)),
      ),
    );
  // Of what was paid and never told, the daily watch hears; schedules do not go with the time of one case.
  await patiently(() => watchOnce(customer.hands));
}

/** After a stop: the customer pays now or in days, the crew comes in time or late, and now and then nobody pays. */
async function bringLightBack(customer: Customer, photo: string): Promise<void> {
  const { hands, dice, account } = customer;
  const [stop] = await rowsOf<{ stop_id: string }>(
    hands,
    'select stop_id from stops where account_id = $1 and in_force',
    [account.accountId],
  );
  if (stop === undefined) return;
  const isOwed = await rowsOf(hands, 'select 1 from restoration_triggers where stop_id = $1', [stop.stop_id]);
  // A restoration that has begun has a clock of its own; before that only the account's goes on.
  if (isOwed.length === 0) await moveClock(hands.stand, account.accountId, dice.whole(0, 72) * HOUR_MS);
  if (!dice.chance(15))
    await dice.weighed([
      [8, () => pay(customer, 'all')],
      [2, () => anyEvent(customer)],
    ] as const)();
  await quietFor(hands, account.accountId);
  await restoreOwed(hands, account.accountId, stop.stop_id, photo, {
    lateHours: dice.weighed([
      [7, dice.whole(0, 12)],
      [3, dice.whole(20, 60)],
    ] as const),
  });
}

/**
 * How far a restoration's clock ran ahead when it began. Not the account's clock of now: a case that goes on beside it takes that
 * one along, and what is then read too late makes every timer look overdue.
 */
async function restorationAheadMs(hands: Hands, accountId: string, stopId: string): Promise<number> {
  const { stand } = hands;
  const workflowId = restoreWorkflowId(stopId);
  const [ticket] = await rowsOf<{ occurred_at: string }>(
    hands,
    `select occurred_at from tickets where stop_id = $1 and kind = 'restore' order by occurred_at limit 1`,
    [stopId],
  );
  if (ticket === undefined) {
    const clock = await patiently(() => stand.engine.clock(workflowId));
    return (await offsetOf(stand, accountId)) - clock.offsetMs;
  }
  const { startTime } = await patiently(() => stand.temporal.workflow.getHandle(workflowId).describe());
  return Date.parse(ticket.occurred_at) - startTime.getTime();
}

/** The crew restores what is owed; late ones are explained by the leader (T3.3). */
export async function restoreOwed(
  hands: Hands,
  accountId: string,
  stopId: string,
  photo: string,
  how: { lateHours: number },
): Promise<boolean> {
  const owed = await rowsOf(
    hands,
    `select 1 from restorations r join stops s using (stop_id) where stop_id = $1 and s.in_force`,
    [stopId],
  );
  if (owed.length === 0) return false;
  const workflowId = restoreWorkflowId(stopId);
  const startedAheadMs = await restorationAheadMs(hands, accountId, stopId);
  const moved: Moved = { stand: hands.stand, accountId, workflowId, startedAheadMs };
  if (how.lateHours > 0) {
    const untilMs = Date.now() + (await offsetOf(hands.stand, accountId)) + how.lateHours * HOUR_MS;
    for (let at = await step(moved, 1_000); at.whereabouts !== null && at.nowMs < untilMs;)
      at = await step(moved, Math.max(1_000, untilMs - at.nowMs));
  }
  const [account] = await rowsOf<{ meter_no: string; account_no: string }>(
    hands,
    'select meter_no, account_no from accounts where account_id = $1',
    [accountId],
  );
  if (account !== undefined) {
    await hands.stand.sim.meters.set(account.meter_no, { mode: 'obeys', lineLive: true });
    await hands.stand.sim.meters.operate(account.meter_no, 'closed');
  }
  await hands.post(
    'crew-wu',
    `/stops/${encodeURIComponent(stopId)}/restored`,
    { proof: { kind: 'voltage', voltagePresent: true }, proofs: [photo] },
    { kind: 'restored', accountNo: account?.account_no ?? '', ref: stopId },
  );
  const missed = await rowsOf(hands, 'select 1 from restorations where stop_id = $1 and missed', [stopId]);
  if (missed.length > 0)
    await hands.post(
      'head-qian',
      `/stops/${encodeURIComponent(stopId)}/miss-explanation`,
      { reason: '暴雨道路中断', toldCustomer: true, toldLeader: true },
      { kind: 'miss-explained', accountNo: account?.account_no ?? '', ref: stopId },
    );
  return true;
}
