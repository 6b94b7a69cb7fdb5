import { condition, setHandler } from '@temporalio/workflow';
import { factSignal, whereaboutsQuery } from '../../../workflows/case/context.ts';

const dayMs = 86_400_000;

/** Wakes on each of `days`; on the last one it waits for a fact, a day at most. */
export async function planned(days: number): Promise<string> {
  const startedMs = Date.now();
  let nextWakeMs = startedMs;
  let isTold = false;
  let attempt = 0;
  setHandler(factSignal, () => {
    isTold = true;
  });
  setHandler(whereaboutsQuery, () => ({ stage: 'planning', attempt, nowMs: Date.now(), nextWakeMs }));
  for (attempt = 1; attempt <= days; attempt += 1) {
    nextWakeMs = startedMs + attempt * dayMs;
    if (await condition(() => isTold, nextWakeMs - Date.now())) return `told on day ${attempt}`;
  }
  return 'nobody came';
}
