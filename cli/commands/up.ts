import path from 'node:path';
import type { Register } from '../core/command.ts';
import { start } from '../../tools/start.ts';

/** `fudian up`: the same as `npm start`. */
export const registerUp: Register = (program, world) => {
  program
    .command('up')
    .description('bring everything up, as npm start does')
    .argument('[arrears.csv]', 'your own arrears instead of the example district')
    .action(async (file: string | undefined) => {
      process.exitCode = await start(file === undefined ? undefined : path.resolve(file), world.env);
    });
};
