const spentMs = new Map<string, { ms: number; times: number }>();

/** Where the seconds of the lives of this run go; side by side, so that their sum is more than the run's. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  try {
    return await work();
  } finally {
    const known = spentMs.get(what) ?? { ms: 0, times: 0 };
    spentMs.set(what, { ms: known.ms + performance.now() - startedMs, times: known.times + 1 });
  }
}

/** The longest first: name, seconds, times. */
export const spent = (): string =>
  [...spentMs]
    .toSorted(([, a], [, b]) => b.ms - a.ms)
    .map(([what, { ms, times }]) => `${what} ${Math.round(ms / 1000)} s in ${times}`)
    .join(', ');
