import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import type { World } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show, table } from '../core/print.ts';

interface Imported {
  readonly importId: string;
  readonly rowsRead: number;
  readonly rowsNew: number;
  readonly rowsSame: number;
  readonly rowsBad: number;
}

interface Reject {
  readonly rowNo: number;
  readonly field: string;
  readonly text: string;
}

/** `fudian credit import`: a file of thefts, violations, inspections and outside records; bad rows are told with field and reason. */
export function registerCreditImport(credit: Command, world: World): void {
  credit
    .command('import')
    .description('import credit records (CSV, UTF-8 or GB18030, Chinese or English headers)')
    .argument('<records.csv>')
    .option('--centre <centreId>', 'centre that the import belongs to', 'centre-1')
    .action(async (file: string, options: { centre: string }, command) => {
      const work = workOf(command, world, 'credit-he');
      if (!existsSync(file)) throw new CliError(`There is no file ${file}`, EXIT.usage);
      const { api } = work.target;
      const query = new URLSearchParams({ centreId: options.centre, fileName: path.basename(file) });
      const done = await api.post<Imported>(`/credit/imports?${query.toString()}`, {
        bytes: { content: readFileSync(file), type: 'text/csv' },
      });
      const rejects =
        done.rowsBad === 0
          ? []
          : (await api.get<{ items: Reject[] }>(`/imports/${encodeURIComponent(done.importId)}/rejects`))
              .items;
      show(work, { ...done, rejects }, ({ rowsRead, rowsNew, rowsSame, rowsBad }) =>
        [
          `${rowsRead} rows: ${rowsNew} new, ${rowsSame} as before, ${rowsBad} bad`,
          ...(rejects.length === 0
            ? []
            : [
                table(
                  ['row', 'field', 'why'],
                  rejects.map((one) => [one.rowNo, one.field, one.text]),
                ),
              ]),
        ].join('\n'),
      );
      if (done.rowsBad > 0) process.exitCode = EXIT.failed;
    });
}
