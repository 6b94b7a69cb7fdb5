import { json, type Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { faultText } from './reject-texts.ts';
import type { BadRow } from './row.ts';

/** Stores bad rows: each fault with its text, and the row as it stood, sealed, for the file to mend. */
export async function writeRejects(
  tx: Tx,
  vault: Vault,
  at: { companyId: string; importId: string },
  rows: readonly BadRow[],
): Promise<void> {
  if (rows.length === 0) return;
  // A primary key of (row, field): of several faults of one field the first is told, mending it shows the next.
  const faults = rows.flatMap((row) => {
    const fields = new Map(row.faults.toReversed().map((fault) => [fault.field, fault]));
    return [...fields.values()].map(({ field, code, params }) => ({
      rowNo: row.rowNo,
      field,
      code,
      params: params ?? {},
      reason: `${faultText(code, params, 'zh')} / ${faultText(code, params, 'en')}`,
    }));
  });
  await tx.run(
    `insert into import_rejects (company_id, import_id, row_no, field, code, params, reason)
     select $1, $2, "rowNo", field, code, params, reason
       from jsonb_to_recordset($3::jsonb) as x ("rowNo" bigint, field text, code text, params jsonb, reason text)`,
    [at.companyId, at.importId, json(faults)],
  );
  await tx.run(
    `insert into import_bad_rows (company_id, import_id, row_no, cells_enc)
     select $1, $2, row_no, cells_enc from unnest($3::bigint[], $4::bytea[]) as x (row_no, cells_enc)`,
    [at.companyId, at.importId, rows.map((row) => row.rowNo), rows.map((row) => vault.sealJson(row.cells))],
  );
}
