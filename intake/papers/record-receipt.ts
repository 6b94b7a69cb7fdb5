import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';

/** The authority has signed for a paper (L2.gov, T3.5). @throws IntakeRefused `unknown-paper` (404) */
export function recordPaperReceipt(
  intake: Intake,
  fact: { paperKey: string; receivedAt: string; receivedBy: string; by: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string }>('select account_id from papers where paper_key = $1', [
      fact.paperKey,
    ]);
    if (of === undefined) throw new IntakeRefused('unknown-paper', 404, { what: 'paper' });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const stored = await tx.run(
      `update papers set receipt_at = $2, receipt_by = $3 where paper_key = $1 and receipt_at is null`,
      [fact.paperKey, fact.receivedAt, fact.receivedBy],
    );
    if (stored === 0) return;
    await keepRecord(tx, account, {
      action: 'paper.received',
      factId: fact.paperKey,
      actor: fact.by,
      occurredAt: fact.receivedAt,
      body: { paperKey: fact.paperKey },
    });
    await tellCase(tx, account, 'paper', fact.paperKey);
  });
}
