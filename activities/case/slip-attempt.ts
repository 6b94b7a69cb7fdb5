import { json, type Tx } from '../../db/database.ts';
import { slipPlan } from '../../db/plans/slip-plan.ts';
import { releaseReservations } from '../../db/plans/store-stop-plan.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { standDown } from '../../intake/stand-down.ts';
import { takeAccount } from '../../intake/take-account.ts';
import type { CaseMoment } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';

/** A stop that was carried out keeps its papers, whatever was reported late. */
async function isExecuted(tx: Tx, at: CaseMoment): Promise<boolean> {
  const plan = await tx.row<{ status: string }>(
    'select status from stop_plans where case_id = $1 and attempt = $2',
    [at.caseId, at.attempt],
  );
  return plan?.status === 'executed';
}

/**
 * Ends an attempt that slipped (L2.ntc): crews are recalled, its red notice goes stale, its approval is void, its tasks and
 * reserved crews are given back; the yellow notice stands. Asked twice, it slips once.
 */
export const slipAttempt =
  (deps: ActivityDeps) =>
  (at: CaseMoment & { reason: string }): Promise<void> =>
    act(deps, at, async (tx) => {
      const account = await takeAccount(tx, { accountId: at.accountId });
      const isNew = await tx.run(
        `insert into case_steps (company_id, centre_id, case_id, step, attempt, detail, occurred_at)
         values ($1, $2, $3, 'slip-attempt', $4, $5, $6) on conflict do nothing`,
        [at.companyId, at.centreId, at.caseId, at.attempt, json({ reason: at.reason }), iso(at.nowMs)],
      );
      if (isNew === 0 || (await isExecuted(tx, at))) return;
      await standDown(tx, account, `slipped:${at.reason}`);
      await slipPlan(tx, {
        caseId: at.caseId,
        attempt: at.attempt,
        reason: at.reason,
        occurredAt: iso(at.nowMs),
      });
      await releaseReservations(tx, at.caseId, at.attempt);
      await keepRecord(tx, account, {
        action: 'attempt.slipped',
        factId: `${at.caseId}/${at.attempt}`,
        actor: 'fudian',
        occurredAt: iso(at.nowMs),
        body: { caseId: at.caseId, attempt: at.attempt, reason: at.reason },
      });
    });
