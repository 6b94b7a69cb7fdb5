import { setTimeout as sleep } from 'node:timers/promises';

/** Wakes one sleeper, or is remembered until somebody wants to sleep. */
export interface Bell {
  ring(): void;
  /** How often it has rung; taken before looking, so that what rings between looking and sleeping is not slept over. */
  heard(): number;
  /** Sleeps until it rings, at most `timeoutMs`; not at all where it has rung since `heard`. */
  nap(heard: number, timeoutMs: number): Promise<void>;
}

/** A bell of one sleeper's own. */
export function bell(): Bell {
  let rung = 0;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rung += 1;
      wake?.();
    },
    heard: () => rung,
    async nap(heard, timeoutMs) {
      if (rung !== heard) return;
      const timer = new AbortController();
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([
        woken,
        sleep(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined),
      ]);
      wake = null;
      timer.abort();
    },
  };
}
