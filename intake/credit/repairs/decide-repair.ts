import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { regradeNow } from '../regrade-now.ts';
import { tellMatter } from '../tell-matter.ts';
import { repairActs } from '../../../rules/credit/matter-acts.ts';
import { stateOf, takeRepair } from './take-repair.ts';

/** The second person's word on a repair (K7.3). */
export interface RepairDecided {
  repairId: string;
  decision: 'granted' | 'refused' | 'withdrawn';
  reason: string;
  by: string;
}

/**
 * Decides a repair after its clean period (K7.3): granted, the record counts no more, says that it was repaired, and the customer is
 * judged anew. A customer may withdraw at any time.
 * @throws IntakeRefused `unknown-repair` (404), `already-decided`, `clean-period-runs`, `four-eyes` (409)
 */
export function decideRepair(intake: Intake, fact: RepairDecided): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, repair, at } = await takeRepair(tx, fact.repairId);
    if (repair.status === fact.decision) return;
    const [against] = repairActs(stateOf(repair), fact.by)[
      fact.decision === 'withdrawn' ? 'withdraw' : 'decide'
    ];
    if (against !== undefined) throw new IntakeRefused(against.code, 409);
    await tx.run(
      `update credit_repairs set status = $2, decided_by = case when $2 = 'withdrawn' then null else $3 end, decided_at = $4, decision_enc = $5
        where repair_id = $1`,
      [fact.repairId, fact.decision, fact.by, at, intake.vault.seal(fact.reason)],
    );
    const { companyId, centreId, accountId } = account;
    if (fact.decision === 'granted') {
      await tx.run(
        `insert into credit_annulments (record_id, company_id, centre_id, account_id, cause, reason_enc, annulled_by)
         select $1, $2, $3, $4, 'repaired', $5, $6 where $1::text is not null on conflict do nothing`,
        [repair.record_id, companyId, centreId, accountId, intake.vault.seal(fact.reason), fact.by],
      );
      await tx.run('update credit_standings set repaired_on = $2 where account_id = $1', [
        accountId,
        civilDateAt(account.nowMs),
      ]);
      await regradeNow(tx, account, { cause: 'repair', factId: fact.repairId, by: fact.by });
    }
    await tx.run(
      `update tasks set done_at = $2, outcome = $3
        where task_id in ('task/decide/' || $1, 'task/verify/' || $1) and done_at is null`,
      [fact.repairId, at, fact.decision],
    );
    await tellMatter(
      tx,
      { companyId, accountId, kind: 'repair', subjectId: fact.repairId },
      { kind: 'decided', factId: fact.repairId },
    );
    await keepRecord(tx, account, {
      ...{ action: 'credit.repair-decided', factId: fact.repairId, actor: fact.by, occurredAt: at },
      body: { repairId: fact.repairId, decision: fact.decision },
    });
  });
}
