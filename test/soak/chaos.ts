import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../sim/district/dice.ts';
import { count, type Journal } from './journal.ts';
import type { Stand } from './stand.ts';

/** How long between two blows, real seconds. */
export interface Pace {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Kills worker and API again and again, and starts them anew, until it is told to end; then both are up. */
export function startChaos(stand: Stand, dice: Dice, journal: Journal, pace: Pace): { end(): Promise<void> } {
  const ending = new AbortController();
  const rest = (ms: number): Promise<unknown> =>
    sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);
  async function strike(): Promise<void> {
    const [name, part] = dice.weighed([
      [6, ['worker', stand.worker]],
      [4, ['API', stand.api]],
    ] as const);
    await part.kill();
    count(journal, `${name} killed`);
    await rest(dice.whole(0, 1_500));
    await part.start();
  }
  const running = (async () => {
    for (;;) {
      await rest(dice.whole(pace.fromSeconds, pace.toSeconds) * 1_000);
      if (ending.signal.aborted) return;
      await strike();
    }
  })();
  return {
    async end() {
      ending.abort();
      await running;
    },
  };
}
