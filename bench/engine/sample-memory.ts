import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Resident memory of one process over a run, in MB. */
export interface MemoryOf {
  readonly name: string;
  readonly firstMb: number;
  readonly peakMb: number;
  readonly lastMb: number;
  /** Straight line through the second half of the samples: what a leak looks like once everything is loaded. */
  readonly mbPerHour: number;
}

interface Sample {
  readonly atMs: number;
  readonly mb: number;
}

/** Least squares; 0 for fewer than two samples. */
export function slopePerHour(samples: readonly Sample[]): number {
  if (samples.length < 2) return 0;
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [meanAt, meanMb] = [mean(({ atMs }) => atMs), mean(({ mb }) => mb)];
  const over = samples.reduce((sum, { atMs, mb }) => sum + (atMs - meanAt) * (mb - meanMb), 0);
  const under = samples.reduce((sum, { atMs }) => sum + (atMs - meanAt) ** 2, 0);
  return under === 0 ? 0 : (over / under) * 3_600_000;
}

async function residentMb(pid: number): Promise<number | undefined> {
  try {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout.trim()) / 1024;
  } catch {
    // The process has ended.
    return undefined;
  }
}

/** Samples processes by name and pid until `stop`, which answers one line for each that was ever seen; a process that is started anew has another pid. */
export function sampleMemory(
  pidsNow: () => Readonly<Record<string, number | undefined>>,
  everyMs = 5_000,
): { stop(): Promise<MemoryOf[]> } {
  const seen = new Map<string, Sample[]>();
  const sample = async (): Promise<void> => {
    for (const [name, pid] of Object.entries(pidsNow())) {
      const mb = pid === undefined ? undefined : await residentMb(pid);
      if (mb !== undefined) seen.set(name, [...(seen.get(name) ?? []), { atMs: performance.now(), mb }]);
    }
  };
  let sampling = sample();
  const timer = setInterval(() => {
    sampling = sampling.then(sample);
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await sampling;
      await sample();
      return [...seen].map(([name, samples]) => ({
        name,
        firstMb: samples[0]?.mb ?? 0,
        peakMb: Math.max(...samples.map(({ mb }) => mb)),
        lastMb: samples.at(-1)?.mb ?? 0,
        mbPerHour: slopePerHour(samples.slice(Math.floor(samples.length / 2))),
      }));
    },
  };
}
