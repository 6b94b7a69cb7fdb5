import type { Statements } from './books.ts';
import { readSetting, writeSetting } from './settings.ts';

/** The district's clock: real time plus an offset that a test or a demo may set, so that its systems age with a case. */
export interface SimClock {
  nowMs(): number;
  nowIso(): string;
  offsetMs(): number;
  setOffsetMs(offsetMs: number): Promise<void>;
}

/** Opens the clock with the offset it had before a restart. */
export async function openClock(books: Statements): Promise<SimClock> {
  let offsetMs = (await readSetting<number>(books, 'clock-offset-ms')) ?? 0;
  const nowMs = (): number => Date.now() + offsetMs;
  return {
    nowMs,
    nowIso: () => new Date(nowMs()).toISOString(),
    offsetMs: () => offsetMs,
    setOffsetMs: async (value) => {
      await writeSetting(books, 'clock-offset-ms', value);
      offsetMs = value;
    },
  };
}
