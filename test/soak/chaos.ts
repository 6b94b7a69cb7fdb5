import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../sim/district/dice.ts';
import { count, type Journal } from './journal.ts';
import type { Part, Stand } from './stand.ts';

/** How long between two blows, real seconds. */
export interface Pace {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** What is struck, how often, and by which name it is counted. */
export type Target = readonly [weight: number, name: string, part: Part];

export const productOf = (stand: Stand): Target[] => [
  [6, 'worker', stand.worker],
  [4, 'API', stand.api],
];

/** Kills one part after another with SIGKILL and starts it anew, until it is told to end; then all are up. */
export function startChaos(
  targets: readonly Target[],
  dice: Dice,
  journal: Journal,
  pace: Pace,
): { end(): Promise<void> } {
  const ending = new AbortController();
  const rest = (ms: number): Promise<unknown> =>
    sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);
  async function strike(): Promise<void> {
    const [, name, part] = dice.weighed(targets.map((target) => [target[0], target] as const));
    await part.kill();
    count(journal, `${name} killed`);
    await rest(dice.whole(0, 1_500));
    await part.start();
  }
  const running = (async () => {
    for (;;) {
      await rest(dice.whole(pace.fromSeconds, pace.toSeconds) * 1_000);
      if (ending.signal.aborted) return;
      if (targets.length > 0) await strike();
    }
  })();
  // Reported at the end; until then the run goes on with what is up.
  running.catch(() => undefined);
  return {
    async end() {
      ending.abort();
      await running;
    },
  };
}
