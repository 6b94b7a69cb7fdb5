import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { IntakeRefused } from '../deps.ts';
import { headerOf, type Field } from './columns.ts';
import { faultText } from './reject-texts.ts';

/** One fault of a bad row, told in words. */
export interface Reject {
  /** As a spreadsheet counts: the first line of the file is row 1. */
  rowNo: number;
  /** Name of the column, or `row`. */
  field: string;
  code: string;
  text: string;
}

interface FaultRow {
  row_no: number;
  field: string;
  code: string;
  params: Record<string, number>;
}

/** The faults of an import in the order of its rows, from behind `after`. */
export async function listRejects(
  tx: Tx,
  query: { importId: string; locale: 'zh' | 'en'; after: number; limit: number },
): Promise<Reject[]> {
  const rows = await tx.rows<FaultRow>(
    `select row_no, field, code, params from import_rejects
      where import_id = $1 and row_no > $2 order by row_no, field limit $3`,
    [query.importId, query.after, query.limit],
  );
  return rows.map(({ row_no: rowNo, field, code, params }) => ({
    rowNo,
    field,
    code,
    text: faultText(code, params, query.locale),
  }));
}

const ROWS_AT_ONCE = 1_000;

/** A spreadsheet runs a cell that begins so; the apostrophe stops it, and the import takes it off again. */
const guarded = (cell: string): string => (/^[=+\-@\t]/.test(cell) ? `'${cell}` : cell);

const line = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n\t;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;

const REASON = { zh: '原因', en: 'reason' } as const;

interface BadRows {
  row_no: number;
  cells_enc: Buffer;
  faults: FaultRow[];
}

const BAD_ROWS = `
select b.row_no, b.cells_enc,
       (select jsonb_agg(to_jsonb(r) order by r.field) from import_rejects r
         where r.import_id = b.import_id and r.row_no = b.row_no) as faults
  from import_bad_rows b where b.import_id = $1 and b.row_no > $2 order by b.row_no limit $3`;

/**
 * The bad rows of an import as a CSV file (UTF-8 with a byte order mark, which spreadsheets need): the original columns and one
 * more with the reasons. Mended, it can be imported again. @throws IntakeRefused `unknown-import` (404)
 */
export async function* mendFile(
  tx: Tx,
  vault: Vault,
  importId: string,
  locale: 'zh' | 'en',
): AsyncGenerator<string> {
  const found = await tx.row<{ header: string[] }>('select header from imports where import_id = $1', [
    importId,
  ]);
  if (found === undefined) throw new IntakeRefused('unknown-import', 404);
  // A mended file that is mended again has its reasons already; they are replaced.
  const columns = [...found.header.keys()].filter(
    (index) => found.header[index] !== REASON.zh && found.header[index] !== REASON.en,
  );
  const { at } = headerOf(found.header);
  // A column by the name that it has in this file.
  const nameOf = (field: string): string => found.header[at.get(field as Field) ?? -1] ?? field;
  yield `\uFEFF${line([...columns.map((index) => found.header[index] ?? ''), REASON[locale]])}`;
  for (let after = 0; ;) {
    const rows = await tx.rows<BadRows>(BAD_ROWS, [importId, after, ROWS_AT_ONCE]);
    for (const { cells_enc: sealed, faults } of rows) {
      const cells = vault.openJson<string[]>(sealed);
      const told = faults.map(
        ({ field, code, params }) => `${nameOf(field)}: ${faultText(code, params, locale)}`,
      );
      const kept = columns.map((index) => guarded(cells[index] ?? ''));
      // Cells beyond the header would be lost to whoever mends the row: they go with the reasons.
      const beyond = cells.slice(found.header.length).filter((cell) => cell !== '');
      yield line([...kept, guarded([...told, ...beyond].join('; '))]);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    after = last.row_no;
  }
}
