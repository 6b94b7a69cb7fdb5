import { existsSync } from 'node:fs';
import { openDatabase } from '../../db/database.ts';
import { vaultOf } from '../../db/keys/vault.ts';
import { simClient } from '../../sim/client.ts';
import { importer, loadFile } from '../../tools/district/load.ts';
import type { Loaded } from '../../tools/district/load.ts';
import { silent } from '../../tools/report.ts';
import type { Register, Work, World } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show } from '../core/print.ts';
import { dataDirOf, needStack } from '../core/target.ts';

interface Options {
  readonly centre: string;
}

/** A file of a million rows does not go through HTTP: it streams into the database of the stack on this machine. */
async function importFile(work: Work, world: World, file: string, options: Options): Promise<Loaded> {
  const { env, simOrigin } = needStack(work.target);
  const db = openDatabase(env['DATABASE_URL'] ?? '', { maxConnections: 4, name: 'fudian-import' });
  try {
    const loading = {
      ...{ db, report: silent, centreId: options.centre },
      vault: vaultOf(env),
      companyId: env['COMPANY_ID'] ?? 'company-1',
      dataDir: dataDirOf(world.env),
      by: work.options.as ?? importer,
    };
    return await loadFile(loading, file, simOrigin === null ? undefined : simClient(simOrigin));
  } finally {
    await db.close();
  }
}

/** `fudian import`: takes an arrears file in; bad rows come back in a file to mend, the good ones go on. */
export const registerImport: Register = (program, world) => {
  program
    .command('import')
    .description('import an arrears file (CSV, UTF-8 or GB18030, Chinese or English headers)')
    .argument('<arrears.csv>')
    .option('--centre <centreId>', 'centre of rows that name none', 'centre-1')
    .action(async (file: string, options: Options, command) => {
      const work = workOf(command, world, importer);
      if (!existsSync(file)) throw new CliError(`There is no file ${file}`, EXIT.usage);
      const done = await importFile(work, world, file, options);
      show(work, done, ({ rowsRead, rowsNew, rowsChanged, rowsSame, rowsBad, mendFile }) =>
        [
          `${rowsRead} rows: ${rowsNew} new, ${rowsChanged} changed, ${rowsSame} as before, ${rowsBad} bad`,
          ...(mendFile === null
            ? []
            : [`Bad rows with their reasons, to mend and import again: ${mendFile}`]),
        ].join('\n'),
      );
      if (done.rowsBad > 0) process.exitCode = EXIT.failed;
    });
};
