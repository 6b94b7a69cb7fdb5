import { mayApprove } from '../../../rules/approval/may-approve.ts';
import { addDays } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { chooseStopPlan } from '../../../rules/plan/choose-stop-plan.ts';
import { isNamedDebtCleared } from '../../../rules/stop/is-named-debt-cleared.ts';
import { isNoticeServed } from '../../../rules/service/is-notice-served.ts';
import { mayStop } from '../../../rules/stop/may-stop.ts';
import { fc } from '../../support/property.ts';
import { execute, watch } from './acts.ts';
import { anyEvent, happen } from './events.ts';
import {
  BEGINS,
  METER,
  READER,
  calendar,
  capacity,
  factsOf,
  newWorld,
  policy,
  type Attempt,
  type World,
} from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** One move: something may happen outside, then the next step is tried, in time or late, well or badly. */
const move = fc.record({
  event: fc.oneof({ weight: 24, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: anyEvent }),
  lateMinutes: fc.oneof(
    { weight: 50, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 70 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 * 24 * 70 }) },
  ),
  /** How well people do their part. */
  well: fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

/** A customer's whole story on paper. */
export const anyStory = fc.record({
  dueDaysAgo: fc.integer({ min: 0, max: 60 }),
  openFen: fc.constantFrom(20_000, 20_000, 20_000, 20_000, 20_000, 5_000, 4_999),
  moves: fc.array(move, { minLength: 14, maxLength: 30 }),
});
export type Story = typeof anyStory extends fc.Arbitrary<infer S> ? S : never;

function served(
  w: World,
  kind: 'first-dunning' | 'yellow' | 'red',
  well: boolean,
  days: readonly string[] | null,
): boolean {
  const fact = {
    ...{ kind, method: 'signature', occurredAtMs: w.nowMs, nowMs: w.nowMs, noticeStatus: 'prepared' },
    ...{ meterNoSeen: well ? w.meterNo : 'M-next-door', accountMeterNo: w.meterNo, proofCount: well ? 1 : 0 },
    ...{ hasWitness: false, hasCircumstances: false, agreedAddress: null, receipt: 'none' },
    ...{ candidateDates: days, claimsPaid: false },
  } as Parameters<typeof isNoticeServed>[0];
  if (isNoticeServed(fact).outcome !== 'permitted') return false;
  w.contacts += 1;
  const notice = kind === 'first-dunning' ? 'first' : kind;
  w.happened.push({
    ...{ kind: 'served', notice, atMs: w.nowMs, proofs: fact.proofCount, meterNo: fact.meterNoSeen },
    ...{ method: fact.method, hasWitness: false },
  });
  return true;
}

function slip(w: World): void {
  w.attempt = null;
  w.nowMs += DAY_MS;
}

function plan(w: World): void {
  const found = chooseStopPlan(
    {
      ...{ todayMs: w.nowMs, bills: w.bills, calendar, shields: w.shields, weather: w.weather, capacity },
      yellowServedOn: w.yellowAtMs === null ? null : civilDateAt(w.yellowAtMs),
      customerClass: 'resident',
    },
    policy,
  );
  const isBarred =
    w.protection !== 'none' || w.inFlightFen > 0 || w.holds.length > 0 || w.stopInForce !== null;
  if (found.kind === 'none' || isBarred) {
    w.nowMs += 6 * DAY_MS;
    return;
  }
  w.attempts += 1;
  w.attempt = {
    ...{ no: w.attempts, plan: found, status: 'planned', approval: null, red: null, ticket: null },
    ...{ secondNoticeAtMs: null, permit: null },
  };
}

function approve(w: World, attempt: Attempt, well: boolean): void {
  const approverId = well ? 'head-1' : READER;
  const bound = {
    ...{
      accountId: 'acc-1',
      meterNo: w.meterNo,
      debtorId: 'D-1',
      intervalMinutes: attempt.plan.intervalMinutes,
    },
    billIds: attempt.plan.namedBills.map(({ billId }) => billId),
    principalFen: attempt.plan.namedPrincipalFen,
    slots: attempt.plan.candidates,
  };
  const answer = mayApprove({
    ...{ nowMs: w.nowMs, status: 'pending', expiresAtMs: w.nowMs + DAY_MS, applicantId: READER },
    ...{
      requiredRoles: ['station-head'],
      approverId,
      approverRoles: ['station-head'],
      delegations: [],
      decided: [],
    },
  });
  if (answer.outcome !== 'permitted') return slip(w);
  attempt.approval = { status: 'approved', bound, approverIds: [approverId] };
  attempt.status = 'approved';
  w.happened.push({ kind: 'signed', attempt: attempt.no, atMs: w.nowMs, by: approverId, bound });
}

function serveRed(w: World, attempt: Attempt, well: boolean): void {
  w.billingReadAtMs = w.nowMs;
  w.happened.push({ kind: 'billing-read', atMs: w.nowMs });
  if (mayStop(factsOf(w), 'red').outcome !== 'permitted') return slip(w);
  const days = attempt.plan.candidates.map(({ serviceDate }) => serviceDate);
  if (!served(w, 'red', well, days)) return slip(w);
  const on = civilDateAt(w.nowMs);
  const chosen = attempt.plan.candidates.find(({ serviceDate }) => serviceDate === on);
  if (chosen === undefined) return slip(w);
  attempt.red = {
    ...{
      status: 'served',
      servedAtMs: w.nowMs,
      recordedAtMs: w.nowMs,
      lastPaymentOn: chosen.lastPaymentDate,
    },
    ...{
      stopAtMs: epochMsOf(chosen.stopDate, chosen.startMinute),
      intervalMinutes: attempt.plan.intervalMinutes,
    },
    ...{ sumFen: attempt.plan.namedPrincipalFen + 100 },
    billIds: attempt.plan.namedBills.map(({ billId }) => billId),
  };
  attempt.status = 'fixed';
}

/** Live check, then the decision; whatever is not permission slips the attempt. */
function check(w: World, stage: 'ticket' | 'T-45' | 'T-30', well: boolean): boolean {
  if (well) {
    w.billingReadAtMs = w.nowMs;
    w.happened.push({ kind: 'billing-read', atMs: w.nowMs });
  }
  if (mayStop(factsOf(w), stage).outcome === 'permitted') return true;
  slip(w);
  return false;
}

function permit(w: World, attempt: Attempt, well: boolean): void {
  if (well) {
    w.billingReadAtMs = w.nowMs;
    w.happened.push({ kind: 'billing-read', atMs: w.nowMs });
  }
  const stopAtMs = attempt.red?.stopAtMs ?? 0;
  if (mayStop(factsOf(w, well ? METER : 'M-next-door'), 'T-0').outcome !== 'permitted') return slip(w);
  const untilMs = Math.min(
    w.nowMs + policy.permitLifeMinutes * MINUTE_MS,
    stopAtMs + attempt.plan.intervalMinutes * MINUTE_MS,
  );
  attempt.permit = { atMs: w.nowMs, untilMs, revokedAtMs: null, isUsed: false };
  w.happened.push({
    ...{ kind: 'permit', attempt: attempt.no, atMs: w.nowMs, untilMs, stopAtMs, ticketNo: attempt.no },
    namedFen: w.bills.reduce((sum, bill) => sum + bill.openFen, 0),
  });
}

/** When the next step is due. */
function dueMs(w: World): number {
  const { attempt } = w;
  if (w.stopInForce !== null) return w.nowMs + 3 * 3_600_000;
  if (w.firstAtMs === null) return w.nowMs;
  if (attempt === null) return w.nowMs + DAY_MS;
  if (w.yellowAtMs === null) return epochMsOf(addDays(attempt.plan.yellowDueDate ?? BEGINS, -1), 600);
  if (attempt.approval === null) return epochMsOf(attempt.plan.approvalDate, 540);
  const first = attempt.plan.candidates[0];
  if (attempt.red === null) return epochMsOf(first?.serviceDate ?? BEGINS, 600);
  const stopAtMs = attempt.red.stopAtMs ?? 0;
  if (attempt.ticket === null) return epochMsOf(addDays(civilDateAt(stopAtMs), -1), 540);
  if (attempt.secondNoticeAtMs === null) return stopAtMs - 45 * MINUTE_MS;
  return attempt.permit === null ? stopAtMs : attempt.permit.atMs + MINUTE_MS;
}

function next(w: World, well: boolean): void {
  const { attempt } = w;
  if (w.stopInForce !== null) {
    if (!w.isRestoring || !well) return;
    w.happened.push({ kind: 'restored', atMs: w.nowMs });
    [w.stopInForce, w.isRestoring] = [null, false];
    return;
  }
  if (w.firstAtMs === null) {
    if (served(w, 'first-dunning', well, null)) w.firstAtMs = w.nowMs;
    return;
  }
  if (attempt === null) return plan(w);
  if (w.yellowAtMs === null) {
    if (served(w, 'yellow', well, null)) w.yellowAtMs = w.nowMs;
    else slip(w);
    return;
  }
  if (attempt.approval === null) return approve(w, attempt, well);
  if (attempt.red === null) return serveRed(w, attempt, well);
  if (attempt.ticket === null) {
    if (check(w, 'ticket', well))
      attempt.ticket = { status: 'dispatched', meterNo: w.meterNo, no: attempt.no };
    return;
  }
  if (attempt.secondNoticeAtMs === null) {
    if (!check(w, 'T-45', well)) return;
    attempt.secondNoticeAtMs = w.nowMs;
    w.happened.push({ kind: 'told-again', atMs: w.nowMs });
    w.nowMs += 15 * MINUTE_MS;
    check(w, 'T-30', well);
    return;
  }
  if (attempt.permit === null) return permit(w, attempt, well);
  return execute(w, attempt, well);
}

/** Tells a story to its end. */
export function tell({ dueDaysAgo, openFen, moves }: Story): World {
  const w = newWorld(dueDaysAgo, openFen);
  for (const { event, lateMinutes, well } of moves satisfies Move[]) {
    if (event !== null) happen(w, event);
    w.holds = w.holds.filter(({ untilMs }) => untilMs === null || untilMs > w.nowMs);
    watch(w);
    w.nowMs = Math.max(w.nowMs, dueMs(w)) + lateMinutes * MINUTE_MS;
    next(w, well);
    watch(w);
    const isCleared =
      w.attempt?.red &&
      isNamedDebtCleared({
        openFen: factsOf(w).bills.reduce((s, b) => s + b.openFen, 0),
        printedSumFen: null,
        paidSinceFen: 0,
      });
    if (isCleared) w.attempt = null;
  }
  return w;
}
