import { createHash } from 'node:crypto';
import { readReportFacts } from '../../../db/credit/read-report-facts.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
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
    const exportId = `export/${fact.kind}/${accountId}/${fact.subjectId}`;
    const body = JSON.stringify(subject);
    const isNew = await tx.run(
      `insert into credit_exports (export_id, company_id, centre_id, account_id, kind, subject_id, party_kind, basis_id, body_enc,
                                   body_sha256, stated_on, status, proposed_by)
       values ($1, $2, $3, $4, $5, $6, 'firm', $7, $8, $9, $10, 'proposed', $11) on conflict do nothing`,
      [
        ...[exportId, companyId, centreId, accountId, fact.kind, fact.subjectId, fact.basisId],
        ...[intake.vault.seal(body), createHash('sha256').update(body).digest('hex')],
        ...[subject.statedOn, fact.by],
      ],
    );
    if (isNew === 0) return { exportId, reasons: [] };
    await startMatter(tx, { companyId, centreId, accountId, kind: 'export', subjectId: exportId });
    await keepRecord(tx, account, {
      ...{ action: 'credit.export-proposed', factId: exportId, actor: fact.by, occurredAt: at },
      body: { exportId, kind: fact.kind, basisId: fact.basisId },
    });
    return { exportId, reasons: [] };
  });
}
