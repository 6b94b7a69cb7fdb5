/**
 * Kills the worker between side effect and completion of every activity, and behind every call outside: `npm run crash`.
 * `npm run crash -- downgraded repaired` tells only these lives, and dies at their own points.
 */
import setUp from '../support/global-setup.ts';
import { OUTSIDE_CALLS } from './points.ts';
import { REACHED_BY } from './reached-by.ts';
import { runCrashes, TELLINGS } from './run-crashes.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tearDown = await setUp();
try {
  const named = process.argv.slice(2) as (keyof typeof TELLINGS)[];
  const all = Object.keys(TELLINGS) as (keyof typeof TELLINGS)[];
  const lives = named.length === 0 ? all : named;
  const points =
    named.length === 0
      ? [...Object.keys(REACHED_BY), ...OUTSIDE_CALLS]
      : Object.keys(REACHED_BY).filter((point) => named.some((life) => life === REACHED_BY[point]));
  const { verdict, died, deaths, broken } = await runCrashes(points, lives);
  const missed = points.filter((point) => !died.includes(point));
  say(`${points.length} points, died at ${died.length}, ${deaths} deaths`);
  say(`died at: ${died.join(', ')}`);
  for (const point of missed) say(`NOT REACHED: ${point}`);
  for (const life of broken) say(`NOT TOLD TO THE END ${life}`);
  for (const fault of verdict.faults) say(`NEVER: ${fault}`);
  say(
    `messages carried ${verdict.messages.carried}, doubled ${verdict.messages.doubled}; stops ${verdict.stops.carriedOut}; restorations owed ${verdict.light.owed}, made ${verdict.light.made}`,
  );
  process.exitCode = missed.length + broken.length + verdict.faults.length === 0 ? 0 : 1;
} finally {
  await tearDown();
}
