import { condition, defineQuery, defineSignal, setHandler, sleep } from '@temporalio/workflow';

const dayMs = 86_400_000;

/** Times (epoch ms) that the workflow saw, oldest first. */
export const seen = defineQuery<number[]>('seen');
/** Wakes the workflow so that it notes the time. */
export const look = defineSignal('look');

/** Notes the time at the start and after each of `count` days. */
export async function daily(count: number): Promise<number[]> {
  const times = [Date.now()];
  setHandler(seen, () => times);
  setHandler(look, () => void times.push(Date.now()));
  for (let day = 0; day < count; day += 1) {
    await sleep(dayMs);
    times.push(Date.now());
  }
  return times;
}

/** Waits for a look, ten days at most; tells whether it came. */
export async function waiting(): Promise<'looked' | 'gave up'> {
  let looked = false;
  const times = [Date.now()];
  setHandler(seen, () => times);
  setHandler(look, () => {
    times.push(Date.now());
    looked = true;
  });
  return (await condition(() => looked, 10 * dayMs)) ? 'looked' : 'gave up';
}
