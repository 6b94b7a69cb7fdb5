import type { Command } from 'commander';
import type { Output } from './print.ts';
import { findTarget } from './target.ts';
import type { GlobalOptions, Target } from './target.ts';

/** What a command's work gets. */
export interface Work extends Output {
  readonly target: Target;
  readonly options: GlobalOptions;
}

/** How a command finds its world; a test hands in another. */
export interface World {
  readonly env: NodeJS.ProcessEnv;
  out(text: string): void;
  err(text: string): void;
}

/** Adds one command to the program. */
export type Register = (program: Command, world: World) => void;

/** Where a command writes that works beside the API. */
export const outputOf = (command: Command, world: World): Output => ({
  json: command.optsWithGlobals<GlobalOptions>().json === true,
  out: (text) => world.out(text),
  err: (text) => world.err(text),
});

/** The world of a command that was called: global options, where it goes, where it writes. */
export function workOf(command: Command, world: World, defaultPerson: string): Work {
  const options = command.optsWithGlobals<GlobalOptions>();
  return {
    options,
    json: options.json === true,
    out: (text) => world.out(text),
    err: (text) => world.err(text),
    target: findTarget(options, defaultPerson, world.env),
  };
}
