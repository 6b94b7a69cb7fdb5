import { IntakeRefused, type Intake } from '../deps.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';
import { mayAcknowledge } from './may-acknowledge.ts';

/** A leader has seen a report: it climbs no further (T2.2). Only somebody it was sent to, or who stands above, can say so. */
export interface ReportSeen {
  subject: string;
  subjectId: string;
  by: string;
  roles: readonly string[];
}

/** @throws IntakeRefused `unknown-report` (404), `not-sent-to-you` (409) */
export function acknowledgeReport(intake: Intake, fact: ReportSeen): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const rungs = await tx.rows<{ account_id: string; to_role: string }>(
      'select account_id, to_role from escalations where subject = $1 and subject_id = $2 order by rung',
      [fact.subject, fact.subjectId],
    );
    const [first] = rungs;
    if (first === undefined) throw new IntakeRefused('unknown-report', 404, { what: 'report' });
    if (
      !mayAcknowledge(
        fact.roles,
        rungs.map((rung) => rung.to_role),
      )
    )
      throw new IntakeRefused('not-sent-to-you', 409);
    const account = await takeAccount(tx, { accountId: first.account_id });
    const at = new Date(account.nowMs).toISOString();
    const seen = await tx.run(
      `update escalations set acknowledged_by = $3, acknowledged_at = $4
        where subject = $1 and subject_id = $2 and acknowledged_at is null`,
      [fact.subject, fact.subjectId, fact.by, at],
    );
    if (seen === 0) return;
    await putOutbox(tx, account.companyId, {
      kind: 'signal-report',
      key: `signal-report/${fact.subject}/${fact.subjectId}/acknowledged`,
      payload: {
        subject: fact.subject,
        subjectId: fact.subjectId,
        signal: { kind: 'acknowledged', factId: fact.by },
      },
    });
    await keepRecord(tx, account, {
      action: 'report.acknowledged',
      factId: `${fact.subject}/${fact.subjectId}`,
      actor: fact.by,
      occurredAt: at,
      body: { subject: fact.subject, subjectId: fact.subjectId },
    });
  });
}
