import { randomUUID } from 'node:crypto';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { addMonths } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';
import { judgeNow } from './judge-now.ts';

/**
 * A person proposes to move a score, with a reason and within the published bound (K5.2).
 * @throws IntakeRefused `unknown-account` (404), `adjustment-too-large` (422), `adjustment-stands` (409)
 */
export function proposeAdjustment(
  intake: Intake,
  fact: { accountNo: string; points: number; reason: string; by: string },
): Promise<{ adjustmentId: string }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const today = civilDateAt(account.nowMs);
    const { score } = await readCreditPolicy(tx, account.companyId, today);
    if (Math.abs(fact.points) > score.adjustmentPoints)
      throw new IntakeRefused('adjustment-too-large', 422, { most: score.adjustmentPoints });
    await tx.run(
      `update credit_adjustments set status = 'ended' where account_id = $1 and status = 'accepted' and valid_to < $2`,
      [account.accountId, today],
    );
    const adjustmentId = `adjustment-${randomUUID()}`;
    const stored = await tx.run(
      `insert into credit_adjustments (adjustment_id, company_id, centre_id, account_id, points, reason_enc, status, proposed_by, valid_to)
       values ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8) on conflict do nothing`,
      [
        ...[adjustmentId, account.companyId, account.centreId, account.accountId, fact.points],
        ...[intake.vault.seal(fact.reason), fact.by, addMonths(today, score.adjustmentMonths)],
      ],
    );
    if (stored === 0) throw new IntakeRefused('adjustment-stands', 409);
    await keepRecord(tx, account, {
      action: 'credit.adjustment-proposed',
      factId: adjustmentId,
      ...{ actor: fact.by, occurredAt: new Date(account.nowMs).toISOString() },
      body: { adjustmentId, points: fact.points },
    });
    return { adjustmentId };
  });
}

/**
 * A second person accepts or refuses an adjustment; accepted, the score is drawn anew at once (K5.2).
 * @throws IntakeRefused `unknown-adjustment` (404), `four-eyes`, `already-decided` (409)
 */
export function decideAdjustment(
  intake: Intake,
  fact: { adjustmentId: string; decision: 'accept' | 'refuse'; by: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string; proposed_by: string; status: string }>(
      'select account_id, proposed_by, status from credit_adjustments where adjustment_id = $1 for update',
      [fact.adjustmentId],
    );
    if (of === undefined) throw new IntakeRefused('unknown-adjustment', 404, { what: 'adjustment' });
    if (of.proposed_by === fact.by) throw new IntakeRefused('four-eyes', 409);
    if (of.status !== 'proposed') throw new IntakeRefused('already-decided', 409);
    const account = await takeAccount(tx, { accountId: of.account_id });
    await tx.run(
      `update credit_adjustments set status = $2, decided_by = $3, decided_at = clock_timestamp() where adjustment_id = $1`,
      [fact.adjustmentId, fact.decision === 'accept' ? 'accepted' : 'refused', fact.by],
    );
    await keepRecord(tx, account, {
      action: 'credit.adjustment-decided',
      factId: fact.adjustmentId,
      ...{ actor: fact.by, occurredAt: new Date(account.nowMs).toISOString() },
      body: { adjustmentId: fact.adjustmentId, decision: fact.decision },
    });
    if (fact.decision === 'accept') await judgeNow(tx, { ...account, cause: 'major-change' });
  });
}
