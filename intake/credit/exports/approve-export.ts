import type { Tx } from '../../../db/database.ts';
import { exportActs } from '../../../rules/credit/matter-acts.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { takeAccount, type AccountInHand } from '../../take-account.ts';
import { tellMatter } from '../tell-matter.ts';

export interface ExportRow {
  account_id: string;
  kind: 'grade' | 'colour' | 'record' | 'commitment';
  subject_id: string;
  basis_id: string;
  body_enc: Buffer;
  status:
    'proposed' | 'noticed' | 'approved' | 'sent' | 'acknowledged' | 'refused' | 'withdrawing' | 'withdrawn';
  notice_until: string | null;
  proposed_by: string;
  approved_by: string | null;
  platform_id: string | null;
  withdraw_reason: string | null;
}

/** Locks the account, then reads its export. @throws IntakeRefused `unknown-export` (404) */
export async function takeExport(
  tx: Tx,
  exportId: string,
): Promise<{ account: AccountInHand; row: ExportRow; at: string }> {
  const of = await tx.row<{ account_id: string }>(
    'select account_id from credit_exports where export_id = $1',
    [exportId],
  );
  if (of === undefined) throw new IntakeRefused('unknown-export', 404, { what: 'export' });
  const account = await takeAccount(tx, { accountId: of.account_id });
  const row = await tx.row<ExportRow>(
    `select account_id, kind, subject_id, basis_id, body_enc, status, notice_until, proposed_by, approved_by, platform_id,
            withdraw_reason from credit_exports where export_id = $1`,
    [exportId],
  );
  if (row === undefined) throw new IntakeRefused('unknown-export', 404, { what: 'export' });
  return { account, row, at: new Date(account.nowMs).toISOString() };
}

/**
 * The second signature under a report (L6): of somebody else, after the firm was told. Signed twice it is one.
 * @throws IntakeRefused `unknown-export` (404), `four-eyes`, `firm-not-told`, `already-decided` (409)
 */
export function approveExport(intake: Intake, fact: { exportId: string; by: string }): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, row, at } = await takeExport(tx, fact.exportId);
    if (row.approved_by === fact.by) return;
    const state = { status: row.status, proposedBy: row.proposed_by };
    const [against] = exportActs(state, fact.by).approve;
    if (against !== undefined) throw new IntakeRefused(against.code, 409);
    await tx.run(
      `update credit_exports set status = 'approved', approved_by = $2, approved_at = $3 where export_id = $1`,
      [fact.exportId, fact.by, at],
    );
    await tx.run(`update tasks set done_at = $2, outcome = 'signed' where task_id = $1 and done_at is null`, [
      `task/sign/${fact.exportId}`,
      at,
    ]);
    await tellMatter(
      tx,
      { ...account, kind: 'export', subjectId: fact.exportId },
      { kind: 'approved', factId: fact.exportId },
    );
    await keepRecord(tx, account, {
      ...{ action: 'credit.export-approved', factId: fact.exportId, actor: fact.by, occurredAt: at },
      body: { exportId: fact.exportId },
    });
  });
}
