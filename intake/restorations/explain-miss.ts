import { isMissExplained } from '../../rules/restore/is-miss-explained.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

/** Why a restoration took longer than 24 hours, in a person's words, and to whom it was said (T3.3). */
export interface MissExplained {
  stopId: string;
  by: string;
  reason: string;
  toldCustomer: boolean;
  toldLeader: boolean;
}

/** Stores the explanation of a miss; it is owed until customer and leader both know it. @throws IntakeRefused `unknown-stop` (404), `nothing-missed` (409) */
export function explainMiss(intake: Intake, fact: MissExplained): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string; missed: boolean }>(
      'select account_id, missed from restorations where stop_id = $1',
      [fact.stopId],
    );
    if (of === undefined) throw new IntakeRefused('unknown-stop', 404, { stopId: fact.stopId });
    if (!of.missed) throw new IntakeRefused('nothing-missed', 409, { stopId: fact.stopId });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const at = new Date(account.nowMs).toISOString();
    await tx.run(
      `update restorations set miss_reason = $2,
              customer_told_at = case when $3 then coalesce(customer_told_at, $5::timestamptz) else customer_told_at end,
              leader_told_at = case when $4 then coalesce(leader_told_at, $5::timestamptz) else leader_told_at end
        where stop_id = $1`,
      [fact.stopId, fact.reason, fact.toldCustomer, fact.toldLeader, at],
    );
    const miss = await tx.row<{ reason: string; customer_at: string | null; leader_at: string | null }>(
      `select miss_reason as reason, customer_told_at as customer_at, leader_told_at as leader_at
         from restorations where stop_id = $1`,
      [fact.stopId],
    );
    const isExplained =
      miss !== undefined &&
      isMissExplained({
        reason: miss.reason,
        customerToldAtMs: miss.customer_at === null ? null : Date.parse(miss.customer_at),
        leaderToldAtMs: miss.leader_at === null ? null : Date.parse(miss.leader_at),
      }).outcome === 'permitted';
    // Told to one of them only, the task stays.
    if (isExplained)
      await tx.run(
        `update tasks set done_at = $2, outcome = 'explained' where ref = $1 and kind = 'explain-miss' and done_at is null`,
        [fact.stopId, at],
      );
    await keepRecord(tx, account, {
      action: 'restoration.miss-explained',
      factId: `${fact.stopId}/${at}`,
      actor: fact.by,
      occurredAt: at,
      body: { stopId: fact.stopId, toldCustomer: fact.toldCustomer, toldLeader: fact.toldLeader },
    });
  });
}
