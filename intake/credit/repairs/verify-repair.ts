import { readCreditPolicy } from '../../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../../db/database.ts';
import { putOutbox } from '../../../db/outbox/put-outbox.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import type { CivilDate } from '../../../rules/calendar/civil-date.ts';
import { cleanUntil } from '../../../rules/credit/remedy-clock.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { tellMatter } from '../tell-matter.ts';
import { repairActs } from '../../../rules/credit/matter-acts.ts';
import { overdueFen, stateOf, takeRepair } from './take-repair.ts';

/** What the verification found (K7.2). */
export interface RepairVerified {
  repairId: string;
  /** The breach is corrected. */
  corrected: boolean;
  correctedOn: CivilDate;
  /** Late fees, too, are paid. */
  lateFeesPaid: boolean;
  reason: string;
  by: string;
}

/** Day of the youngest payment that settled a bill; where none is known, the day of the verification. */
async function paidOn(tx: Tx, accountId: string, today: CivilDate): Promise<CivilDate> {
  const row = await tx.row<{ on: CivilDate | null }>(
    `select max(settled_on) as on from bills where account_id = $1 and service = 'electricity' and settled_on <= $2`,
    [accountId, today],
  );
  return row?.on ?? today;
}

/**
 * Verifies an application (K7.2): corrected and paid, the clean period begins; not corrected, it is refused.
 * @throws IntakeRefused `unknown-repair` (404), `already-decided`, `arrears-open`, `late-fees-open`, `four-eyes` (409),
 * `corrected-in-the-future` (422)
 */
export function verifyRepair(intake: Intake, fact: RepairVerified): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, repair, at } = await takeRepair(tx, fact.repairId);
    const isSame = repair.verified_by === fact.by && (repair.status === 'clean-period') === fact.corrected;
    if (repair.status !== 'verifying' && isSame) return;
    const [against] = repairActs(stateOf(repair), fact.by).verify;
    if (against !== undefined) throw new IntakeRefused(against.code, 409);
    const today = civilDateAt(account.nowMs);
    if (fact.correctedOn > today) throw new IntakeRefused('corrected-in-the-future', 422);
    const owedFen = fact.corrected ? await overdueFen(tx, account.accountId, today) : 0;
    if (owedFen > 0) throw new IntakeRefused('arrears-open', 409, { owedFen });
    if (fact.corrected && !fact.lateFeesPaid) throw new IntakeRefused('late-fees-open', 409);
    const settled = await paidOn(tx, account.accountId, today);
    const { remedies } = await readCreditPolicy(tx, account.companyId, today);
    await tx.run(
      `update credit_repairs set status = $2, corrected_on = $3, paid_on = $4, clean_until = $5, verified_by = $6, verified_at = $7,
              ended_reason = $8, decided_at = case when $2 = 'refused' then $7::timestamptz end,
              decision_enc = case when $2 = 'refused' then $9::bytea end
        where repair_id = $1`,
      [
        fact.repairId,
        fact.corrected ? 'clean-period' : 'refused',
        fact.correctedOn,
        settled,
        fact.corrected ? cleanUntil(fact.correctedOn, settled, remedies) : null,
        fact.by,
        at,
        fact.corrected ? null : 'not-corrected',
        intake.vault.seal(fact.reason),
      ],
    );
    await tx.run(
      `update tasks set done_at = $2, outcome = 'verified' where task_id = $1 and done_at is null`,
      [`task/verify/${fact.repairId}`, at],
    );
    const { companyId, accountId } = account;
    const signal = { kind: 'verified', factId: fact.repairId };
    await putOutbox(tx, companyId, {
      kind: 'signal-report',
      key: `signal-report/repair/${fact.repairId}`,
      payload: { subject: 'repair', subjectId: fact.repairId, signal },
    });
    await tellMatter(tx, { companyId, accountId, kind: 'repair', subjectId: fact.repairId }, signal);
    await keepRecord(tx, account, {
      ...{ action: 'credit.repair-verified', factId: fact.repairId, actor: fact.by, occurredAt: at },
      body: { repairId: fact.repairId, corrected: fact.corrected },
    });
  });
}
