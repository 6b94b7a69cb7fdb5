import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { openDatabase, wholeCompany } from '../../db/database.ts';
import { openVault } from '../../db/keys/vault.ts';
import { importArrears } from '../../intake/import/import-arrears.ts';
import { simClient } from '../../sim/client.ts';
import { seedFromDatabase } from '../../tools/district/seed-from-database.ts';
import type { Register, Work } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show, table } from '../core/print.ts';
import { needStack } from '../core/target.ts';

interface Options {
  readonly centre: string;
  readonly rejects?: string;
}

interface Reject {
  readonly row_no: number;
  readonly field: string;
  readonly reason: string;
}

/** A file of a million rows does not go through HTTP: it streams into the database of the stack on this machine. */
async function withDatabase<T>(
  work: Work,
  act: (
    stack: ReturnType<typeof needStack>,
    db: ReturnType<typeof openDatabase>,
    companyId: string,
  ) => Promise<T>,
): Promise<T> {
  const stack = needStack(work.target);
  const db = openDatabase(stack.env['DATABASE_URL'] ?? '', { maxConnections: 3, name: 'fudian-import' });
  try {
    return await act(stack, db, stack.env['COMPANY_ID'] ?? 'company-1');
  } finally {
    await db.close();
  }
}

async function rejects(work: Work, importId: string): Promise<void> {
  const rows = await withDatabase(work, (_stack, db, companyId) =>
    db.tx(wholeCompany(companyId), (tx) =>
      tx.rows<Reject>(
        'select row_no, field, reason from import_rejects where import_id = $1 order by row_no, field',
        [importId],
      ),
    ),
  );
  show(work, rows, () =>
    rows.length === 0
      ? 'No bad rows.'
      : table(
          ['row', 'field', 'reason'],
          rows.map(({ row_no: row, field, reason }) => [row, field, reason]),
        ),
  );
}

/** `fudian import`: takes an arrears file in; bad rows are reported, the good ones go on. */
export const registerImport: Register = (program, world) => {
  program
    .command('import')
    .description('import an arrears file (CSV, UTF-8 or GB18030, Chinese or English headers)')
    .argument('[arrears.csv]')
    .option('--centre <centreId>', 'centre of rows that name none', 'centre-1')
    .option('--rejects <importId>', 'the bad rows of an earlier import')
    .action(async (file: string | undefined, options: Options, command) => {
      const work = workOf(command, world, 'clerk-chen');
      if (options.rejects !== undefined) return rejects(work, options.rejects);
      if (file === undefined || !existsSync(file))
        throw new CliError(`There is no file ${file ?? ''}`, EXIT.usage);
      const done = await withDatabase(work, async (stack, db, companyId) => {
        const vault = openVault(stack.env['DATA_KEYS'] ?? '', stack.env['HASH_KEY'] ?? '');
        const result = await importArrears(
          { db, vault, scope: wholeCompany(companyId) },
          {
            stream: createReadStream(file),
            fileName: path.basename(file),
            centreId: options.centre,
            by: work.options.as ?? 'clerk-chen',
          },
        );
        if (stack.simOrigin !== null)
          await seedFromDatabase(db, vault, companyId, simClient(stack.simOrigin));
        return result;
      });
      show(work, done, ({ importId, rowsRead, rowsNew, rowsChanged, rowsSame, rowsBad }) =>
        [
          `${rowsRead} rows: ${rowsNew} new, ${rowsChanged} changed, ${rowsSame} as before, ${rowsBad} bad`,
          ...(rowsBad > 0 ? [`Bad rows: fudian import --rejects ${importId}`] : []),
        ].join('\n'),
      );
      if (done.rowsBad > 0) process.exitCode = EXIT.failed;
    });
};
