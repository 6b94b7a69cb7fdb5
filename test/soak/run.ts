/**
 * Lives many cases with every system failing and every process being killed, and has the books compared:
 * `npm run soak -- <cases> <seed> [at once] [first]`. PostgreSQL and Temporal are killed, too, where FUDIAN_SOAK_SERVERS=1.
 * FUDIAN_SOAK_UNKILLED=1 kills nothing, so that memory can be told over one life of worker and API.
 * SIGTERM or Ctrl-C: no further life begins, and what was lived is judged.
 * Exit code 1 when anything happened that must never happen.
 */
import { sampleMemory } from '../../bench/engine/sample-memory.ts';
import setUp from '../support/global-setup.ts';
import { productOf, type Target } from './chaos.ts';
import type { Journal } from './journal.ts';
import { startServers } from './servers.ts';
import { soak, type Soaked } from './soak.ts';
import { spent } from './spent.ts';
import { startStand } from './stand.ts';

const [cases = 200, seed = String(Math.trunc(Math.random() * 2 ** 31)), atOnce = 12, first = 0] =
  process.argv.slice(2);
const killsServers = process.env['FUDIAN_SOAK_SERVERS'] === '1';
const isUnkilled = process.env['FUDIAN_SOAK_UNKILLED'] === '1';
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const startedMs = performance.now();
const seconds = (): string => `${Math.round((performance.now() - startedMs) / 1000)} s`;

function progress(ended: number, journal: Journal): void {
  if (ended % 10 !== 0) return;
  const stops = journal.switches.length;
  say(
    `${seconds()}: ${ended} lives, ${stops} switched off, ${journal.payments.length} payments, ${journal.commands.length} commands`,
  );
}

function tally({ verdict, journal, broken, lives, longest }: Soaked): void {
  const { stops, light, messages, commands, payments, runs } = verdict;
  say(`lives ${lives} of ${cases}, seed ${seed}, ${seconds()}, ${runs} workflows`);
  say(
    `stops: permits ${stops.permitted}, carried out ${stops.carriedOut}, wrongful ${stops.wrongful}, races ${stops.races}, overtaken by a recall ${stops.overtaken}`,
  );
  say(`breaches by hand: ${stops.breaches}, found ${stops.breachesFound}`);
  say(
    `restorations: owed ${light.owed}, made ${light.made}, late ${light.late}, explained ${light.explained}`,
  );
  say(
    `messages: carried ${messages.carried}, doubled ${messages.doubled}; mails repeated under one id ${messages.repeatedMails}`,
  );
  say(`payments ${payments}; commands answered ${commands.answered}, lost ${commands.lost}`);
  say(
    [...journal.happened]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([what, n]) => `${what} ${n}`)
      .join(', '),
  );
  say(`time of all lives: ${spent()}`);
  say(`longest lives: ${longest.map(({ name, seconds }) => `${name} ${seconds} s`).join(', ')}`);
  for (const life of broken) say(`NOT TOLD TO THE END ${life}`);
  for (const fault of verdict.faults) say(`NEVER: ${fault}`);
  for (const line of verdict.behind) say(`  ${line}`);
  say(
    verdict.faults.length === 0 && broken.length === 0
      ? 'Nothing happened that must never happen.'
      : `${verdict.faults.length} faults`,
  );
}

const enough = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => enough.abort());
const targets: Target[] = [];
let tearDown: () => Promise<void>;
if (killsServers) {
  const servers = await startServers();
  targets.push([6, 'PostgreSQL', servers.database], [6, 'Temporal', servers.engine]);
  tearDown = () => servers.stop();
} else tearDown = await setUp();
try {
  const stand = await startStand();
  const memory = sampleMemory(() => ({ worker: stand.worker.pid, API: stand.api.pid }));
  try {
    const soaked = await soak(stand, {
      ...{ cases: Number(cases), seed, atOnce: Number(atOnce), first: Number(first), progress },
      enough: enough.signal,
      pace: { fromSeconds: 20, toSeconds: 60 },
      targets: isUnkilled ? [] : [...productOf(stand), ...targets],
    });
    tally(soaked);
    for (const { name, firstMb, peakMb, lastMb, mbPerHour } of await memory.stop())
      say(
        `memory of ${name}: first ${firstMb.toFixed(0)} MB, peak ${peakMb.toFixed(0)}, last ${lastMb.toFixed(0)}; ${mbPerHour.toFixed(0)} MB an hour over the second half`,
      );
    process.exitCode = soaked.verdict.faults.length + soaked.broken.length === 0 ? 0 : 1;
  } finally {
    await stand.close();
  }
} finally {
  await tearDown();
}
