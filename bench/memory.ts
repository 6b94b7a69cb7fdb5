/**
 * Memory of running processes, e.g. of worker and API beside a soak: `node bench/memory.ts worker=123 api=124 [seconds]`.
 * Ctrl-C ends it early; one line each at the end.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleMemory } from './engine/sample-memory.ts';

const named = process.argv.slice(2).filter((arg) => /^[^=]+=\d+$/.test(arg));
const seconds = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? Number.POSITIVE_INFINITY);
if (named.length === 0) {
  process.stderr.write('node bench/memory.ts name=pid [name=pid …] [seconds]\n');
  process.exit(2);
}
const pids = Object.fromEntries(
  named.map((arg) => [arg.split('=')[0] ?? '', Number(arg.split('=')[1])] as const),
);
const sampler = sampleMemory(() => pids, Math.min(5_000, seconds * 100));
const ended = new Promise((resolve) => {
  process.once('SIGINT', resolve);
});
// A timer takes 24 days at most.
await Promise.race([ended, sleep(Math.min(seconds * 1_000, 2 ** 31 - 1), undefined, { ref: true })]);
for (const { name, firstMb, peakMb, lastMb, mbPerHour } of await sampler.stop())
  process.stdout.write(
    `${name.padEnd(12)} first ${firstMb.toFixed(0)} MB, peak ${peakMb.toFixed(0)} MB, last ${lastMb.toFixed(0)} MB, ${mbPerHour.toFixed(1)} MB an hour over the second half\n`,
  );
process.exit(0);
