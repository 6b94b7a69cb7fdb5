import type { Tx } from '../database.ts';

export interface ImportItem {
  importId: string;
  centreId: string;
  fileName: string;
  fileSha256: string;
  rowsRead: number;
  rowsNew: number;
  rowsChanged: number;
  rowsSame: number;
  rowsBad: number;
  importedBy: string;
  startedAt: string;
  finishedAt: string | null;
}

const COLUMNS = `import_id as "importId", centre_id as "centreId", file_name as "fileName", file_sha256 as "fileSha256",
       rows_read as "rowsRead", rows_new as "rowsNew", rows_changed as "rowsChanged", rows_same as "rowsSame",
       rows_bad as "rowsBad", imported_by as "importedBy", recorded_at as "startedAt", finished_at as "finishedAt"`;

/** Imports of the scope, newest first. */
export function listImports(
  tx: Tx,
  query: { before: string[] | undefined; limit: number },
): Promise<ImportItem[]> {
  return tx.rows<ImportItem>(
    `select ${COLUMNS} from imports
      where $1::timestamptz is null or (date_trunc('milliseconds', recorded_at), import_id) < ($1, $2)
      order by date_trunc('milliseconds', recorded_at) desc, import_id desc limit $3`,
    [query.before?.[0] ?? null, query.before?.[1] ?? null, query.limit],
  );
}

export function findImport(tx: Tx, importId: string): Promise<ImportItem | undefined> {
  return tx.row<ImportItem>(`select ${COLUMNS} from imports where import_id = $1`, [importId]);
}
