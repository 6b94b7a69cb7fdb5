import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does for many at once what is asked for one at a time: whatever is asked within `waitMs` of the first goes in one call. Each is
 * answered by its key, `undefined` where the answer names it not. @throws to each of them whatever the one call throws
 */
export function together<A>(
  many: (keys: readonly string[]) => Promise<ReadonlyMap<string, A>>,
  waitMs = 0,
): (key: string) => Promise<A | undefined> {
  let asked = new Set<string>();
  let answer: Promise<ReadonlyMap<string, A>> | null = null;
  const ask = async (): Promise<ReadonlyMap<string, A>> => {
    await sleep(waitMs);
    const keys = [...asked];
    asked = new Set();
    answer = null;
    return many(keys);
  };
  return async (key) => {
    asked.add(key);
    answer ??= ask();
    return (await answer).get(key);
  };
}
