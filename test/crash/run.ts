/** Kills the worker between side effect and completion of every activity, and behind every call outside: `npm run crash`. */
import setUp from '../support/global-setup.ts';
import { OUTSIDE_CALLS } from './points.ts';
import { REACHED_BY } from './reached-by.ts';
import { runCrashes, TELLINGS } from './run-crashes.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tearDown = await setUp();
try {
  const points = [...Object.keys(REACHED_BY), ...OUTSIDE_CALLS];
  const { verdict, died, deaths, broken } = await runCrashes(
    points,
    Object.keys(TELLINGS) as (keyof typeof TELLINGS)[],
  );
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
