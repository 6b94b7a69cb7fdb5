import {
  ActivityFailure,
  CancellationScope,
  condition,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type {
  OutboundActivities,
  RestorationClocks,
  RestorationLiveActivities,
  RestorationMoment,
  RestorationOwnActivities,
  RestorationPlan,
  RestorationSeen,
} from '../activities/contract.ts';
import { factSignal, whereaboutsQuery } from './case/context.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { PRIORITY, TASK_QUEUES, type RestorationInput } from './messages.ts';

const HOUR_MS = 3_600_000;

const ownSteps = proxyLocalActivities<RestorationOwnActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '1 minute' },
});
/** A crew or a meter that cannot be reached is tried again for ever; the ladder of escalations runs beside it. */
const live = proxyActivities<RestorationLiveActivities>({
  taskQueue: TASK_QUEUES.live,
  priority: PRIORITY.restoration,
  startToCloseTimeout: '60 seconds',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});
const remote = proxyActivities<RestorationLiveActivities>({
  taskQueue: TASK_QUEUES.live,
  priority: PRIORITY.restoration,
  startToCloseTimeout: '60 seconds',
  scheduleToCloseTimeout: '10 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});
const outbound = proxyActivities<OutboundActivities>({
  taskQueue: TASK_QUEUES.outbound,
  priority: PRIORITY.restoration,
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '6 hours',
  retry: { initialInterval: '2 seconds', maximumInterval: '5 minutes' },
});

interface Restoring {
  readonly own: typeof ownSteps;
  moment(): RestorationMoment;
  nowMs(): number;
  restored: boolean;
  /** Run from the earliest cause that is known. */
  clocks: RestorationClocks;
  /** Waits for the light or the moment; a moment that moves forward is waited for as it is then. */
  untilRestoredOr(when: () => number): Promise<boolean>;
  send(messageId: string | null): Promise<void>;
}

/** Brings the light back after one stop: ticket at once, safety confirmation beside it, ladder and deadline above it (T3, L3). */
export async function restoration(input: RestorationInput): Promise<'restored'> {
  let facts = 0;
  let heeded = 0;
  let nextWakeMs: number | null = null;
  const nowMs = () => Date.now() + input.clockOffsetMs;
  const { clockOffsetMs: _, ...ids } = input;
  // The ladder climbs beside the look for the light.
  const own = oneAtATime(ownSteps);
  const r: Restoring = {
    own,
    moment: () => ({ ...ids, nowMs: nowMs() }),
    nowMs,
    restored: false,
    clocks: { causeAtMs: 0, escalationsMs: [], deadlineMs: 0, missDeadlineMs: 0 },
    async untilRestoredOr(when) {
      for (;;) {
        const atMs = when();
        nextWakeMs = atMs;
        await condition(() => r.restored || when() < atMs, Math.max(1, atMs - nowMs()));
        if (r.restored || when() >= atMs) return r.restored;
      }
    },
    async send(messageId) {
      if (messageId === null) return;
      try {
        await outbound.sendMessage({ companyId: input.companyId, messageId });
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        log.warn('message not sent', { messageId });
      }
    },
  };
  setHandler(factSignal, () => {
    facts += 1;
  });
  setHandler(whereaboutsQuery, () => ({
    stage: r.restored ? 'restored' : 'restoring',
    attempt: 1,
    nowMs: nowMs(),
    nextWakeMs,
  }));

  // What has been told before is in the books that this opens.
  heeded = facts;
  const plan = await own.beginRestoration(r.moment());
  r.clocks = plan;
  const look = () => own.isRestored({ ...r.moment(), causeAtMs: r.clocks.causeAtMs });
  const beside = new CancellationScope();
  const dispatching = beside.run(() => dispatch(r, plan)).catch(ignoreCancellation);
  const confirming = beside.run(() => r.send(plan.safetyCallId)).catch(ignoreCancellation);
  const climbing = beside.run(() => climb(r)).catch(ignoreCancellation);
  let last: RestorationSeen = plan.restored ? await look() : { restored: false, messageId: null };
  while (!last.restored) {
    await condition(() => facts > heeded);
    heeded = facts;
    last = await look();
    r.clocks = last.clocks ?? r.clocks;
  }
  r.restored = true;
  beside.cancel();
  await Promise.all([dispatching, confirming, climbing]);
  await r.send(last.messageId);
  return 'restored';
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}

/**
 * A step on our own database is done wholly or not begun: the light that comes back in the same moment cancels waits and calls,
 * never a step half way.
 */
const wholly = <T>(step: () => Promise<T>): Promise<T> => CancellationScope.nonCancellable(step);

/** Remote where the meter can, a crew where it cannot or does not answer. */
async function dispatch(r: Restoring, plan: RestorationPlan): Promise<void> {
  if (plan.remoteSwitch) {
    const outcome = await remote.switchOn({ ...r.moment(), round: 1 }).catch((error: unknown) => {
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
      return 'failed' as const;
    });
    if (outcome === 'executed') return;
  }
  await live.dispatchTicket({ companyId: r.moment().companyId, ticketId: plan.ticketId });
}

/** 2, 8 and 20 hours after the cause a higher role is told; at the deadline the miss is recorded and explained (T3.3). */
async function climb(r: Restoring): Promise<void> {
  let rung = 0;
  for (const [n, at] of r.clocks.escalationsMs.entries()) {
    if (await r.untilRestoredOr(() => r.clocks.escalationsMs[n] ?? at)) return;
    rung += 1;
    const moment = { ...r.moment(), rung };
    await wholly(() => r.own.escalateRestoration(moment));
  }
  if (await r.untilRestoredOr(() => r.clocks.deadlineMs)) return;
  const { messageId } = await wholly(() => r.own.recordMiss(r.moment()));
  await r.send(messageId);
  let nextMs = r.clocks.missDeadlineMs;
  while (!(await r.untilRestoredOr(() => nextMs))) {
    rung += 1;
    const moment = { ...r.moment(), rung };
    await wholly(() => r.own.escalateRestoration(moment));
    nextMs = r.nowMs() + 2 * HOUR_MS;
  }
}
