import { condition, defineSignal, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import { whereaboutsQuery } from '../../workflows/case/context.ts';

/** What a bare workflow does, one after the other: a timer that fires, an outside call, or a wait for somebody. */
export type FloorStep =
  | { kind: 'timer'; ms: number }
  | { kind: 'call' }
  | { kind: 'signal'; ms: number }
  | { kind: 'update'; ms: number }
  /** An update whose answer needs an outside call first, as the permit does. */
  | { kind: 'update-with-call'; ms: number };

export const told = defineSignal('told');
export const asked = defineUpdate<string, []>('asked');

const { call } = proxyActivities<{ call(): Promise<void> }>({ startToCloseTimeout: '20 seconds' });

export interface FloorInput {
  steps: readonly FloorStep[];
  offsetMs: number;
}

/** The same timers, outside calls and messages as the procedure, and nothing else. */
export async function floor(input: FloorInput): Promise<void> {
  let signals = 0;
  let updates = 0;
  let at: FloorStep | undefined;
  let nextWakeMs: number | null = null;
  const nowMs = (): number => Date.now() + input.offsetMs;
  setHandler(told, () => {
    signals += 1;
  });
  setHandler(asked, async () => {
    if (at?.kind === 'update-with-call') await call();
    updates += 1;
    return 'answered';
  });
  setHandler(whereaboutsQuery, () => ({
    stage: at?.kind ?? 'done',
    attempt: 1,
    nowMs: nowMs(),
    nextWakeMs,
  }));
  for (at of input.steps) {
    if (at.kind === 'call') {
      await call();
      continue;
    }
    const [seenSignals, seenUpdates] = [signals, updates];
    nextWakeMs = nowMs() + at.ms;
    const kind = at.kind;
    await condition(() => {
      if (kind === 'timer') return false;
      return kind === 'signal' ? signals > seenSignals : updates > seenUpdates;
    }, at.ms);
  }
  at = undefined;
}
