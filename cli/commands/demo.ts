import { silent, timedReport } from '../../tools/report.ts';
import type { Register, World } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { langOf } from '../core/target.ts';
import type { GlobalOptions } from '../core/target.ts';
import { liveThrough } from '../demo/live-through.ts';
import type { Lived } from '../demo/live-through.ts';
import { openStreet } from '../demo/street.ts';
import type { Street } from '../demo/street.ts';
import { tell } from '../demo/tell.ts';

const atOnce = 4;

/** Lives through all stories, a few side by side, and hands each over when it and all before it are done. */
async function liveAll(street: Street, days: number, done: (lived: Lived) => Promise<void>): Promise<void> {
  const waiting = [...street.stories.entries()];
  const finished = new Map<number, Lived>();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      const [index, story] = entry;
      finished.set(index, await liveThrough(street, story, days));
      for (let lived = finished.get(next); lived !== undefined; lived = finished.get(next)) {
        next += 1;
        await done(lived);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function demo(days: number, options: GlobalOptions, world: World): Promise<void> {
  const lang = langOf(options, world);
  const startedMs = performance.now();
  const report = options.json === true ? silent : timedReport((line) => world.err(line.trimEnd()));
  const street = await openStreet(report, lang, world.env);
  try {
    await liveAll(street, days, async (lived) => world.out(`\n${await tell(street, lived, lang)}`));
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    world.out(`\n${street.stories.length} customers, ${days} days, ${seconds} s.`);
  } finally {
    await street.close();
  }
}

/** `fudian demo`: one street of customers goes through sixty days in about a minute. */
export const registerDemo: Register = (program, world) => {
  program
    .command('demo')
    .description('one street through sixty days by fast-forward, on a stack of its own')
    .option('--days <n>', 'how many days', '60')
    .action(async (options: { days: string }, command) => {
      const days = Number(options.days);
      if (!Number.isInteger(days) || days < 1 || days > 200)
        throw new CliError(`"${options.days}" is not a number of days from 1 to 200.`, EXIT.usage);
      await demo(days, command.optsWithGlobals() as GlobalOptions, world);
    });
};
