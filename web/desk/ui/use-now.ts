import { useEffect, useState } from 'react';

/**
 * The time by which something is counted, going on from what the API said when it was read. Only the stopwatch of the page is
 * used: the computer's own clock may be wrong by days. Epoch ms.
 */
export function useNowMs(nowAt: string, everyMs: number): number {
  const [read, setRead] = useState(() => ({ nowAt, tickMs: performance.now() }));
  const [tickMs, setTickMs] = useState(() => performance.now());
  if (read.nowAt !== nowAt) {
    const now = performance.now();
    setRead({ nowAt, tickMs: now });
    setTickMs(now);
  }
  useEffect(() => {
    const timer = setInterval(() => setTickMs(performance.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return Date.parse(nowAt) + Math.max(0, tickMs - read.tickMs);
}
