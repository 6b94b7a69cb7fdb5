import { json, type Tx } from '../database.ts';
import type { Finding } from '../watch/finding.ts';

export type DifferenceAction = 'reported' | 'would-mend' | 'mending' | 'mended' | 'not-mended';

/** Opens the books of one comparison; asked twice, it is one. */
export async function openReconciliation(
  tx: Tx,
  run: { reconciliationId: string; companyId: string; dryRun: boolean; askedBy: string },
): Promise<void> {
  await tx.run(
    `insert into reconciliations (reconciliation_id, company_id, dry_run, asked_by) values ($1, $2, $3, $4)
     on conflict (reconciliation_id) do nothing`,
    [run.reconciliationId, run.companyId, run.dryRun, run.askedBy],
  );
}

/** Writes a difference down; seen again in the same comparison it is the same, with what was done about it. */
export async function putDifference(
  tx: Tx,
  at: { reconciliationId: string; companyId: string },
  finding: Finding,
  action: DifferenceAction,
): Promise<void> {
  await tx.run(
    `insert into differences (reconciliation_id, company_id, centre_id, account_id, kind, subject_id, action, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (reconciliation_id, kind, subject_id) do update set action = excluded.action, detail = excluded.detail`,
    [
      at.reconciliationId,
      at.companyId,
      finding.centreId,
      finding.accountId,
      finding.kind,
      finding.subjectId,
      action,
      json(finding.detail),
    ],
  );
}

/** Adds to what a part has compared; `failed` says that it could not be compared to its end. */
export async function notePart(
  tx: Tx,
  reconciliationId: string,
  part: string,
  compared: number | 'failed',
): Promise<void> {
  await tx.run(
    `update reconciliations
        set parts = parts || jsonb_build_object($2::text, case when $3::int is null then '"failed"'::jsonb
              else to_jsonb(coalesce((parts ->> $2)::int, 0) + $3::int) end)
      where reconciliation_id = $1 and coalesce(parts ->> $2, '') <> 'failed'`,
    [reconciliationId, part, compared === 'failed' ? null : compared],
  );
}

/** What is left for people: differences that were not mended. */
export async function unmended(tx: Tx, reconciliationId: string): Promise<Finding[]> {
  const rows = await tx.rows<{
    kind: string;
    subjectId: string;
    centreId: string | null;
    accountId: string | null;
    detail: Finding['detail'];
  }>(
    `select kind, subject_id as "subjectId", centre_id as "centreId", account_id as "accountId", detail from differences
      where reconciliation_id = $1 and action in ('reported', 'mending', 'not-mended')`,
    [reconciliationId],
  );
  return rows.map(({ kind, detail, ...row }) => ({
    ...row,
    kind: 'difference',
    subjectId: `${kind}/${row.subjectId}`,
    caseId: null,
    detail: { ...detail, difference: kind },
  }));
}

export async function closeReconciliation(tx: Tx, reconciliationId: string): Promise<void> {
  await tx.run(
    `update reconciliations set finished_at = clock_timestamp() where reconciliation_id = $1 and finished_at is null`,
    [reconciliationId],
  );
}
