import {
  ActivityFailure,
  condition,
  log,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type { OutboundActivities } from '../../activities/contract.ts';
import type {
  MatterMoment,
  MatterOwnActivities,
  MatterStep,
  PlatformActivities,
} from '../../activities/credit/matters-contract.ts';
import { factSignal, whereaboutsQuery } from '../case/context.ts';
import { TASK_QUEUES, type MatterInput } from '../messages.ts';

const HOUR_MS = 3_600_000;

export const own = proxyLocalActivities<MatterOwnActivities>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '7 days',
  localRetryThreshold: '10 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '1 minute' },
});
const outbound = proxyActivities<OutboundActivities & PlatformActivities>({
  taskQueue: TASK_QUEUES.outbound,
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '6 hours',
  retry: {
    initialInterval: '2 seconds',
    maximumInterval: '5 minutes',
    nonRetryableErrorTypes: ['SystemRefused'],
  },
});

/** What is out of reach for hours is asked again an hour later, for as long as the matter is open. */
async function tried(what: string, work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    log.warn('a matter of credit waits for a system outside', { what });
    return false;
  }
}

function goOut(at: MatterMoment, step: Exclude<MatterStep, { do: 'wait' | 'over' }>): Promise<void> {
  const { companyId, subjectId: exportId } = at;
  switch (step.do) {
    case 'send':
      return outbound.sendMessage({ companyId, messageId: step.messageId });
    case 'report':
      return outbound.reportToPlatform({ companyId, exportId, nowMs: at.nowMs });
    case 'acknowledge':
      return outbound.askPlatform({ companyId, exportId });
    case 'take-back':
      return outbound.takeBackFromPlatform({ companyId, exportId });
  }
}

/**
 * Sees one matter through: looks at the stored facts, does what they ask for, waits for the next fact or moment, and looks
 * again. What the matter is, and what comes next in it, stands in its look.
 */
export async function seeThrough(
  input: MatterInput,
  look: (at: MatterMoment) => Promise<MatterStep>,
): Promise<string> {
  let facts = 0;
  let stage = 'opening';
  let nextWakeMs: number | null = null;
  const nowMs = () => Date.now() + input.clockOffsetMs;
  setHandler(factSignal, () => {
    facts += 1;
  });
  setHandler(whereaboutsQuery, () => ({ stage, attempt: 1, nowMs: nowMs(), nextWakeMs }));
  const { clockOffsetMs: _, ...ids } = input;
  for (;;) {
    const seen = facts;
    const at = { ...ids, nowMs: nowMs() };
    const step = await look(at);
    if (step.do === 'over') return step.outcome;
    stage = step.stage;
    const went = step.do === 'wait' || (await tried(step.do, goOut(at, step)));
    if (step.do !== 'wait' && went) continue;
    nextWakeMs = step.do === 'wait' ? step.untilMs : nowMs() + HOUR_MS;
    if (nextWakeMs === null) await condition(() => facts > seen);
    else await condition(() => facts > seen, Math.max(1, nextWakeMs - nowMs()));
  }
}
