#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { registerApprove } from './commands/approve.ts';
import { registerCase } from './commands/case.ts';
import { registerCompany } from './commands/company.ts';
import { registerCredit } from './commands/credit.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerEvidence } from './commands/evidence.ts';
import { registerImport } from './commands/import.ts';
import { registerKeys } from './commands/keys.ts';
import { registerLaunch } from './commands/launch.ts';
import { registerPaper } from './commands/paper.ts';
import { registerPay } from './commands/pay.ts';
import { registerPermit } from './commands/permit.ts';
import { registerReconcile } from './commands/reconcile.ts';
import { registerRestore } from './commands/restore.ts';
import { registerRetention } from './commands/retention.ts';
import { registerServe } from './commands/serve.ts';
import { registerTicket } from './commands/ticket.ts';
import { registerUp } from './commands/up.ts';
import { registerWhy } from './commands/why.ts';
import type { World } from './core/command.ts';
import { CliError, EXIT } from './core/exit.ts';

const registers = [
  ...[
    registerUp,
    registerCompany,
    registerImport,
    registerLaunch,
    registerCase,
    registerApprove,
    registerServe,
  ],
  ...[registerTicket, registerPermit, registerPay, registerRestore, registerWhy, registerDoctor],
  ...[
    registerEvidence,
    registerKeys,
    registerRetention,
    registerPaper,
    registerReconcile,
    registerCredit,
    registerDemo,
  ],
];

/** The whole command line as a commander program that writes to `world` and throws instead of exiting. */
export function fudianProgram(world: World): Command {
  const program = new Command('fudian')
    .description('Collect arrears without one wrongful stop, and bring the light back in time.')
    .option('--url <url>', 'address of the API (FUDIAN_URL, else the stack on this machine)')
    .option('--token <token>', 'access token (FUDIAN_TOKEN)')
    .option('--as <person>', 'speak as this person of the simulated district, e.g. head-qian')
    .option('--lang <lang>', 'zh or en')
    .option('--json', 'answers as JSON')
    .configureOutput({
      writeOut: (text) => world.out(text.trimEnd()),
      writeErr: (text) => world.err(text.trimEnd()),
    })
    .exitOverride()
    .showHelpAfterError()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong use, 3 refused by a rule (every reason is printed), 4 not reachable.',
    );
  for (const register of registers) register(program, world);
  return program;
}

/** Runs one command line. @returns the exit code */
export async function run(args: readonly string[], world: World): Promise<number> {
  process.exitCode = EXIT.ok;
  try {
    await fudianProgram(world).parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? EXIT.ok);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    world.err(error instanceof Error ? error.message : String(error));
    return error instanceof CliError ? error.exitCode : EXIT.failed;
  }
}

if (import.meta.main) {
  process.exitCode = await run(process.argv.slice(2), {
    env: process.env,
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
  });
}
