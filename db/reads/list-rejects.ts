import type { Tx } from '../database.ts';

/** One fault of one row of a file; `rowNo` as a spreadsheet counts. */
export interface RejectItem {
  rowNo: number;
  field: string;
  code: string;
  params: Record<string, number>;
}

/** Faults of an import, row by row, from behind a row and field. */
export function listRejects(
  tx: Tx,
  query: { importId: string; after: string[] | undefined; limit: number },
): Promise<RejectItem[]> {
  return tx.rows<RejectItem>(
    `select row_no as "rowNo", field, code, params from import_rejects
      where import_id = $1 and ($2::bigint is null or (row_no, field) > ($2, $3))
      order by row_no, field limit $4`,
    [query.importId, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}
