import {
  condition,
  defineSignal,
  defineUpdate,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import { oneAtATime } from '../../../workflows/one-at-a-time.ts';

interface Steps {
  /** Takes so many milliseconds. */
  slow(ms: number): Promise<void>;
  quick(): Promise<void>;
}
const steps = proxyLocalActivities<Steps>({ startToCloseTimeout: '10 seconds' });
export const ask = defineUpdate<number>('ask');
export const done = defineSignal('done');

/** Much to come back through, as between a look and the wait after it. */
async function deep(n: number): Promise<void> {
  if (n > 0) await deep(n - 1);
}

/** A procedure whose step is quick and followed by a wait, and beside it an answer that takes its time. */
async function beside(own: typeof steps): Promise<void> {
  let isDone = false;
  setHandler(done, () => {
    isDone = true;
  });
  setHandler(ask, async () => {
    await own.slow(400);
    return 1;
  });
  await own.quick();
  await deep(20);
  await condition(() => isDone, '1 hour');
}

export const atOnce = (): Promise<void> => beside(steps);
export const inTurn = (): Promise<void> => beside(oneAtATime(steps));
