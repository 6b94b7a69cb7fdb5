import { readReportFacts, reportBody, sha256Of } from '../../../db/credit/read-report-facts.ts';
import type { Tx } from '../../../db/database.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { LIVE_EXPORTS } from '../../../rules/credit/matter-acts.ts';
import { mayBeReported } from '../../../rules/credit/may-be-reported.ts';
import type { Reason } from '../../../rules/verdict.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { takeAccount } from '../../take-account.ts';
import { startMatter } from '../tell-matter.ts';

/** Somebody wants a firm's record on the public credit platform (H4). */
export interface NewExport {
  accountNo: string;
  kind: 'grade' | 'colour' | 'record' | 'commitment';
  /** Of a grade or colour `value/since` as it stands; else the id. */
  subjectId: string;
  basisId: string;
  by: string;
}

export type ExportProposed =
  { exportId: string; reasons: [] } | { exportId: null; reasons: readonly Reason[] };

/** The report of this subject that is under way, or the id for a new one: what was taken back is proposed anew as another record. */
async function idOf(
  tx: Tx,
  accountId: string,
  fact: NewExport,
): Promise<{ exportId: string; isNew: boolean }> {
  const before = await tx.rows<{ export_id: string; status: string }>(
    `select export_id, status from credit_exports where account_id = $1 and kind = $2 and subject_id = $3`,
    [accountId, fact.kind, fact.subjectId],
  );
  const live = before.find(({ status }) => LIVE_EXPORTS.includes(status));
  if (live !== undefined) return { exportId: live.export_id, isNew: false };
  const first = `export/${fact.kind}/${accountId}/${fact.subjectId}`;
  return { exportId: before.length === 0 ? first : `${first}~${before.length + 1}`, isNew: true };
}

/**
 * Proposes a record for the platform; every reason against it is answered, and nothing is stored then (H4, L6). Proposed twice it
 * is one. @throws IntakeRefused `unknown-account`, `unknown-subject` (404)
 */
export function proposeExport(intake: Intake, fact: NewExport): Promise<ExportProposed> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const { companyId, centreId, accountId } = account;
    const at = new Date(account.nowMs).toISOString();
    const today = civilDateAt(account.nowMs);
    const { facts, subject } = await readReportFacts(tx, intake.vault, { ...fact, accountId, today });
    if (subject === null) throw new IntakeRefused('unknown-subject', 404, { what: fact.kind });
    const verdict = mayBeReported(facts);
    if (verdict.outcome !== 'permitted') return { exportId: null, reasons: verdict.reasons };
    const { exportId, isNew } = await idOf(tx, accountId, fact);
    if (!isNew) return { exportId, reasons: [] };
    const body = reportBody(subject);
    await tx.run(
      `insert into credit_exports (export_id, company_id, centre_id, account_id, kind, subject_id, party_kind, basis_id, body_enc,
                                   body_sha256, stated_on, status, proposed_by)
       values ($1, $2, $3, $4, $5, $6, 'firm', $7, $8, $9, $10, 'proposed', $11)`,
      [
        ...[exportId, companyId, centreId, accountId, fact.kind, fact.subjectId, fact.basisId],
        ...[intake.vault.seal(body), sha256Of(body)],
        ...[subject.statedOn, fact.by],
      ],
    );
    await startMatter(tx, { companyId, centreId, accountId, kind: 'export', subjectId: exportId });
    await keepRecord(tx, account, {
      ...{ action: 'credit.export-proposed', factId: exportId, actor: fact.by, occurredAt: at },
      body: { exportId, kind: fact.kind, basisId: fact.basisId },
    });
    return { exportId, reasons: [] };
  });
}
