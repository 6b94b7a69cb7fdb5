import { findAccount } from '../../db/reads/find-account.ts';
import { eraseAccount, type Erasure } from '../../intake/retention/erase-account.ts';
import { sweepRetention } from '../../intake/retention/sweep-retention.ts';
import { reasonText } from '../../rules/reasons/reason-text.ts';
import { folderBlobs } from '../../systems/blobs/folder-blobs.ts';
import type { Register } from '../core/command.ts';
import { outputOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { withInstallation } from '../core/installation.ts';
import { show } from '../core/print.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly by: string;
}

function told(erasure: Erasure): string {
  const rows = Object.entries(erasure.rows).map(([table, n]) => `  ${table}: ${n}`);
  const why = erasure.reasons.map((reason) => `  - ${reasonText(reason, 'en')} (${reason.clause})`);
  return [
    `${erasure.accountId}: ${erasure.outcome}, ${erasure.proofs.length} proof files`,
    ...rows,
    ...why,
  ].join('\n');
}

/** `fudian retention`: forgets what no law needs any more, of one account or of all. */
export const registerRetention: Register = (program, world) => {
  const retention = program.command('retention').description('forget what no law needs any more (L9)');
  retention
    .command('erase')
    .description('erase the people of one account, or say why they are kept')
    .argument('<account>')
    .option('--dry-run', 'only say what would happen')
    .option('--by <person>', 'who orders it', 'operator')
    .action(async (accountNo: string, options: Options, command) => {
      const output = outputOf(command, world);
      const done = await withInstallation(world, async ({ db, vault, scope }) => {
        const account = await db.tx(scope, (tx) => findAccount(tx, accountNo));
        if (account === undefined) throw new CliError(`There is no account ${accountNo}.`, EXIT.usage);
        const order = { accountId: account.accountId, by: options.by, dryRun: options.dryRun === true };
        return eraseAccount({ db, vault, scope }, order);
      });
      show(output, done, told);
      if (done.outcome === 'kept') process.exitCode = EXIT.refused;
    });
  retention
    .command('sweep')
    .description(
      'what the nightly job does: accounts of people who left, bad rows, kept answers, proof files',
    )
    .option('--dry-run', 'only count')
    .option('--by <person>', 'who orders it', 'operator')
    .action(async (options: Options, command) => {
      const output = outputOf(command, world);
      const swept = await withInstallation(world, ({ env, db, vault, scope }) =>
        sweepRetention({ db, vault, scope }, folderBlobs(env['BLOB_DIR'] ?? ''), {
          ...{ by: options.by, dryRun: options.dryRun === true },
        }),
      );
      show(
        output,
        swept,
        ({ accounts, badRows, answers, proofs }) =>
          `${options.dryRun === true ? 'would forget' : 'forgotten'}: ${accounts} accounts, ${badRows} bad rows, ${answers} kept answers, ${proofs} proof files`,
      );
    });
};
