/**
 * The full case against a bare workflow with the same timers, outside calls and messages, in one run:
 * `node bench/case.ts [cases] [at once]`.
 */
import os from 'node:os';
import setUp from '../test/support/global-setup.ts';
import { startTown, type Town } from '../test/support/town/town.ts';
import { fullCase, paysEarly } from './engine/case-run.ts';
import { sumOf, type Cost } from './engine/count-history.ts';
import { runFloor, startFloorWorker } from './engine/floor-run.ts';
import { FULL_CASE, PAYS_EARLY, RESTORATION } from './engine/floor-steps.ts';

const cases = Number(process.argv[2] ?? 16);
const atOnce = Number(process.argv[3] ?? 4);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Measured extends Cost {
  readonly perSecond: number;
}

/** Runs `cases` of them, `atOnce` side by side; costs are of one case. */
async function measure(name: string, run: () => Promise<Cost>): Promise<Measured> {
  const costs: Cost[] = [];
  let started = 0;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (started < cases) {
        started += 1;
        costs.push(await run());
      }
    }),
  );
  const perSecond = cases / ((performance.now() - startedMs) / 1000);
  const sum = sumOf(costs);
  const measured = { ...sum, events: sum.events / cases, actions: sum.actions / cases, perSecond };
  say(`${name.padEnd(34)}${print(measured)}`);
  say(
    `${''.padEnd(9)}${Object.entries(sum.kinds)
      .map(([kind, n]) => `${(n / cases).toFixed(1)} ${kind}`)
      .join(', ')}`,
  );
  return measured;
}

const print = ({ events, actions, perSecond }: Measured): string =>
  `${events.toFixed(1).padStart(9)} events ${actions.toFixed(1).padStart(7)} actions ${perSecond.toFixed(2).padStart(8)} cases/s`;

const compare = (what: string, ours: Measured, floor: Measured): void =>
  say(
    `${what}: events ${(ours.events / floor.events).toFixed(2)} ×, actions ${(ours.actions / floor.actions).toFixed(2)} ×, ` +
      `throughput ${(ours.perSecond / floor.perSecond).toFixed(2)} × the floor`,
  );

async function run(town: Town): Promise<void> {
  say(
    `${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB; ${cases} cases, ${atOnce} at once`,
  );
  // Once through everything first, so that no measurement pays for what is loaded once.
  await Promise.all([fullCase(town), runFloor(town, 'warm', FULL_CASE)]);
  const earlyFloor = await measure('floor: pays after first dunning', () =>
    runFloor(town, 'early', PAYS_EARLY),
  );
  const early = await measure('case:  pays after first dunning', () => paysEarly(town));
  const fullFloor = await measure('floor: full, stop and restore', async () =>
    sumOf([await runFloor(town, 'full', FULL_CASE), await runFloor(town, 'restore', RESTORATION, true)]),
  );
  const full = await measure('case:  full, stop and restore', () => fullCase(town));
  compare('pays after first dunning', early, earlyFloor);
  compare('full case', full, fullFloor);
}

const tearDown = await setUp();
try {
  const town = await startTown();
  const stopFloor = await startFloorWorker(town);
  try {
    await run(town);
  } finally {
    await stopFloor();
    await town.close();
  }
} finally {
  await tearDown();
}
